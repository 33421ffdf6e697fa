export { ReplyView } from './reply-view.tsx';
