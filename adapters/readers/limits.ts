/** Bytes of one source file; 200,000 rows of CSV are about 40 MB. */
export const source_bytes_max = 512 * 1024 * 1024
/** Bytes handled at one go, so that what is held stays small whatever the size of the chunks that come in. */
export const piece_bytes = 16 * 1024
/** Bytes that are gathered before they are looked at. */
export const gather_bytes = 1024
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
/** Bytes of a ZIP file as it is sent; it is held in memory, since its table of contents is at the end. */
export const zip_bytes_max = 64 * 1024 * 1024
/** Entries in a ZIP file. */
export const zip_entries_max = 1_000
/** Bytes of all entries of a ZIP file together, unpacked. */
export const zip_unpacked_bytes_max = 1024 * 1024 * 1024
/** How many times larger an entry may be than what was sent of it; spreadsheets stay under 60, bombs are near 1,000. */
export const zip_ratio_max = 200
/** Characters of all distinct texts of a workbook together. */
export const shared_chars_max = 64 * 1024 * 1024
/** Bytes of one e-mail message. */
export const message_bytes_max = 1024 * 1024
/** Characters, levels and elements of one message of a standard (HL7v3, iStandaarden); the deepest have about 25 levels. */
export const tree_chars_max = 2 * 1024 * 1024
export const tree_depth_max = 48
export const tree_elements_max = 20_000
