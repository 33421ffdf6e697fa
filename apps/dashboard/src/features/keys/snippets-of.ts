export type Snippet = { id: 'curl' | 'python' | 'node' | 'langchain' | 'ai-sdk'; name: string; code: string };

/** The first request in the tools that people use, ready to paste. `baseUrl` ends in `/v1`. */
export function snippetsOf({ baseUrl, apiKey }: { baseUrl: string; apiKey: string }): Snippet[] {
  return [
    {
      id: 'curl',
      name: 'curl',
      code: `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer ${apiKey}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "auto", "messages": [{"role": "user", "content": "Hello!"}]}'`,
    },
    {
      id: 'python',
      name: 'Python',
      code: `from openai import OpenAI

client = OpenAI(base_url="${baseUrl}", api_key="${apiKey}")
reply = client.chat.completions.create(
    model="auto",
    messages=[{"role": "user", "content": "Hello!"}],
)
print(reply.choices[0].message.content)`,
    },
    {
      id: 'node',
      name: 'Node',
      code: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${baseUrl}", apiKey: "${apiKey}" });
const reply = await client.chat.completions.create({
  model: "auto",
  messages: [{ role: "user", content: "Hello!" }],
});
console.log(reply.choices[0].message.content);`,
    },
    {
      id: 'langchain',
      name: 'LangChain',
      code: `import { ChatOpenAI } from "@langchain/openai";

const model = new ChatOpenAI({
  model: "auto",
  apiKey: "${apiKey}",
  configuration: { baseURL: "${baseUrl}" },
});
const reply = await model.invoke("Hello!");
console.log(reply.content);`,
    },
    {
      id: 'ai-sdk',
      name: 'Vercel AI SDK',
      code: `import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";

const pointsman = createOpenAICompatible({
  name: "pointsman",
  baseURL: "${baseUrl}",
  apiKey: "${apiKey}",
});
const { text } = await generateText({ model: pointsman("auto"), prompt: "Hello!" });
console.log(text);`,
    },
  ];
}
