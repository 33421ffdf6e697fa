export { CertificateCard } from './certificate-card.tsx';
