/** Bytes of one source file; 200,000 rows of CSV are about 40 MB. */
export const source_bytes_max = 512 * 1024 * 1024
/** Bytes handled at one go, so that what is held stays small whatever the size of the chunks that come in. */
export const piece_bytes = 64 * 1024
/** Characters of one record: a CSV row, an XML record, a line of NDJSON, a JSON object. The longest good one is under 20,000. */
export const record_chars_max = 256 * 1024
/** Characters of one cell, before its meaning is looked at. */
export const cell_chars_max = 4_000
/** Columns of a header. */
export const columns_max = 300
/** Records of one file. */
export const records_max = 1_000_000
/** Levels of nesting in XML and JSON; the registration has 4. */
export const depth_max = 16
/** Elements in one XML record, attributes included. */
export const elements_max = 500
