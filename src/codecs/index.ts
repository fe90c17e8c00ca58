export { detectDelimiter } from './csv/delimiter.ts';
export { type CsvRecord, readCsv } from './csv/read-csv.ts';
export { csvLine, guarded, unguarded } from './csv/write-csv.ts';
export { type JsonItem, readJsonItems } from './json/read-json.ts';
export { decoded, type Encoding, EncodingDetector, encodings } from './text/encoding.ts';
