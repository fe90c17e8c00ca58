/** The file channel: signed files left in a folder, answers picked up from another, below allowed roots only. */
export { type DropAddress, readDropAddress } from './address.ts';
export { type CsvRow, decodeText, readCsv, writeCsv } from './csv.ts';
export {
  type DropFolder,
  listAnswers,
  openDropFolder,
  readRegular,
  removeFile,
  renameFile,
  writeWhole,
} from './folder.ts';
export { detachedSignature, isSignedBy } from './signature.ts';
