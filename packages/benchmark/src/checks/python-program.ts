import type { CodeCall } from './run-code.ts';

// Loaded before the gate shuts: afterwards nothing is read from disk any more. What touches the system is not among them.
const MODULES = [
  'abc',
  'base64',
  'bisect',
  'calendar',
  'cmath',
  'collections',
  'collections.abc',
  'copy',
  'dataclasses',
  'datetime',
  'decimal',
  'encodings.ascii',
  'encodings.cp1252',
  'encodings.latin_1',
  'encodings.utf_16',
  'encodings.utf_16_be',
  'encodings.utf_16_le',
  'encodings.utf_8_sig',
  'enum',
  'fractions',
  'functools',
  'heapq',
  'itertools',
  'json',
  'math',
  'numbers',
  'operator',
  'random',
  're',
  'statistics',
  'string',
  'struct',
  'textwrap',
  'typing',
  'unicodedata',
  '_strptime',
];

// Events of CPython that pure computing raises; every other one (open, socket, import, os, subprocess, ctypes) is refused.
const ALLOWED_EVENTS = [
  'compile',
  'exec',
  'object.__getattr__',
  'object.__setattr__',
  'object.__delattr__',
  'builtins.id',
  'sys._getframe',
  'sys._getframemodulename',
];

/**
 * A Python program that loads the harmless part of the standard library, shuts an audit hook (PEP 578), which cannot be
 * taken away again, then runs the code and makes the calls. What the code prints goes nowhere.
 */
export function pythonProgram({
  code,
  calls,
  marker,
}: {
  code: string;
  calls: readonly CodeCall[];
  marker: string;
}): string {
  return `import sys
${MODULES.map((name) => `import ${name}`).join('\n')}

class Nowhere:
    encoding = 'utf-8'
    def write(self, text): return len(text)
    def writelines(self, lines): pass
    def flush(self): pass
    def isatty(self): return False

def main(code, calls, marker):
    out, dumps, loads = sys.stdout, json.dumps, json.loads
    number = (decimal.Decimal, fractions.Fraction)
    def plain(value):
        if isinstance(value, number): return float(value)
        raise TypeError(type(value).__name__ + ' is no JSON')
    sys.stdout = sys.stderr = Nowhere()
    sys.stdin = None
    def gate(event, _):
        if event not in (${ALLOWED_EVENTS.map((event) => `'${event}'`).join(', ')}): raise PermissionError('not allowed here: ' + event)
    sys.addaudithook(gate)
    del gate
    space, failure, results = {'__name__': 'reply'}, None, []
    try:
        exec(compile(code, 'reply.py', 'exec'), space)
    except BaseException as error:
        failure = type(error).__name__ + ': ' + str(error)
    for call, args in calls:
        try:
            if failure is not None: raise RuntimeError(failure)
            value = space[call](*loads(args))
            results.append('{"value":' + dumps(value, default=plain, allow_nan=False) + '}')
        except BaseException as error:
            results.append('{"error":' + dumps(type(error).__name__ + ': ' + str(error)) + '}')
    out.write('\\n' + marker + '[' + ','.join(results) + ']\\n')
    out.flush()

main(${JSON.stringify(code)}, json.loads(${JSON.stringify(JSON.stringify(calls.map(({ call, args }) => [call, JSON.stringify(args)])))}), ${JSON.stringify(marker)})
`;
}
