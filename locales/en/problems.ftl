# What is wrong with a list, and how to mend it. A hint has the name of its sentence with "-hint" behind it.


## Places

problem-place-row = row { $row }
problem-place-line = line { $line }
problem-place-column = column { $number }
problem-quoted = "{ $text }"
problem-some-value = value
problem-country-unknown = unknown

## Columns, headers and sheets

problem-missing-column = no column for { $field }, and no flag gives it
problem-missing-column-hint = name the column with { $map }
problem-missing-column-or-flag-hint = name the column with { $map }, or give it for all with { $flag }
problem-required-column = no column for { $field }
problem-unclear-column = column "{ $value }" may be { $like }, which has no column
problem-unclear-column-several = column "{ $value }" may be one of { $fields }, which have no column
problem-unclear-column-hint = say what it is: { $map }, or --ignore { $column }
problem-duplicate-column = column "{ $value }" is { $field } too, as { $first } already is
problem-duplicate-column-hint = keep one of them: --ignore { $column }
problem-duplicate-column-or-people-hint = keep one of them: --ignore { $column }; or if "{ $people }" is that of the user: { $map }
problem-mapped-twice = column "{ $value }" is mapped to { $field } and to { $other }
problem-mapped-twice-hint = give each field a column of its own
problem-no-header = no header row: none of the first 20 rows has a phone column
problem-no-header-hint = name the row with --header-row N, or the phone column with --map user_phone=COLUMN
problem-no-phone-column = no header row: row { $row } looks like one ({ $count ->
    [one] { $count } known column
   *[other] { $count } known columns
}), but has no phone column
problem-no-phone-column-hint = add a column with the phones, or name it with { $map }
problem-no-phone-column-one-hint = if "{ $column }" is the phone: { $map }
problem-no-phone-column-several-hint = say which of its other columns is the phone, { $columns }: { $map }
problem-no-user-phone-column = no header row: row { $row } looks like one ({ $count ->
    [one] { $count } known column
   *[other] { $count } known columns
}), but has no column with the phone of the user
problem-no-user-phone-column-hint = "{ $column }" is the phone of the order; if it is that of the user: { $map }
problem-no-mapped-column = no header row: none of the first 20 rows has the column "{ $value }", which --map names for { $field }
problem-no-mapped-column-hint = name one that is there, { $columns }: { $map }
problem-phone-only = no header row: the row with the phone column has no other column that is known
problem-phone-only-hint = name the other columns with --map FIELD=COLUMN, or say that it is the header with --header-row N
problem-no-order-columns = the table of orders has no column of an order
problem-no-order-columns-hint = name its columns, for example --map order_number=COLUMN
problem-mixed-sheets = the sheets { $sheets } do not fit together
problem-mixed-sheets-hint = choose with --sheet NAME, or read them all with --all-sheets
problem-poor-join = { $orphans } of { $orders } orders find no user in the other sheet, so the sheets do not belong together
problem-poor-join-hint = choose one with --sheet NAME
problem-not-there = there is no { $value } here, which { $flag } names
problem-no-such-row = there is no row { $row } here, which --header-row names: { $count ->
    [one] there is { $count } row
   *[other] there are { $count } rows
}
problem-nothing-in-row = there is nothing in row { $row } here, which --header-row names
problem-no-such-row-hint = give the row with the names of the columns, counted from 1; in a text file the line on which it begins
problem-no-such-sheet = there is no { $value } here, which the part after # names
problem-no-such-sheet-hint = name one that is there: { $sheets }
problem-sheet-in-other-case-hint = capitals and spaces count: { $sheet }
problem-not-there-hint = check its name; the check command lists what is there
problem-unknown-column = column "{ $value }" is no known field and is ignored
problem-unknown-column-hint = if it is a field: --map FIELD={ $column }; else silence this with --ignore { $column }
problem-nameless-column = column { $column } has no header and is ignored, although it has data
problem-ignored-sheet = the sheet has no header with a phone column and another known one, and is ignored
problem-ignored-sheet-hint = if it is to be read, name its header with --header-row N
problem-ignored-hidden-sheet = the sheet is hidden and is ignored
problem-ignored-hidden-sheet-hint = if it is to be read, name it with --sheet NAME
problem-data-above-header = "{ $value }" stands above the header in row { $header }, so that its row would not be read
problem-data-above-header-hint = move the header above its rows, or if all is well, add --header-row { $header }
problem-no-rows = there is a header, and no rows below it
problem-no-rows-hint = check that the right file was exported

## Rows and users

problem-missing-value = { $field } is blank
problem-missing-value-hint = fill the cell
problem-missing-key-hint = fill the cell; if the rows above belong to the same user, use --fill-down
problem-missing-key-filled-hint = fill the cell: above it --fill-down finds nothing that counts for it
problem-missing-value-or-flag-hint = fill the cell, or give it for all blank ones with { $flag }
problem-other-country = "{ $value }" is a number of { $found }, while most of the list is of { $common }
problem-unclear-country = "{ $value }" would be a number of { $found }, but the list does not tell of which country it is
problem-other-country-hint = write + before numbers that have their country code, or give --country-code DIGITS
problem-rendered-too-long = { $field } is { $length } characters long once its template is filled; the server takes 256
problem-rendered-too-long-hint = shorten the template
problem-joined-too-long = the remarks of this user are { $length } characters together; the server takes 256
problem-joined-too-long-hint = shorten the remarks, or keep one of them
problem-shared-user-id = user_id "{ $value }" belongs to another user too, in { $place }
problem-shared-user-id-hint = give each user an id of his own, or join by user_phone
problem-total-too-large = the amounts of this user add up to more than can be
problem-total-too-large-hint = check the amounts of this user
problem-conflict = { $field } "{ $value }" differs from "{ $other }" in { $place }
problem-conflict-hint = make the cells equal, or leave all but one blank
problem-duplicate-order = order "{ $value }" stands in { $place } with other values
problem-duplicate-order-fields = order "{ $value }" stands in { $place } with other values: { $fields }
problem-duplicate-order-hint = keep the row that is right
problem-duplicate-row = the same order as in { $place }, taken once
problem-duplicate-row-hint = nothing to do, if it is a copy
problem-possible-duplicate = the same as { $place } and without an order number, both kept
problem-possible-duplicate-hint = remove one if it is a copy
problem-duplicate-order-across-users = order "{ $value }" belongs to another user in { $place }
problem-duplicate-order-across-users-hint = check whose order it is
problem-orphan-order = the order's user "{ $value }" is in no users table
problem-orphan-order-hint = add the user to the users table, or mend the key
problem-ragged-row = the row has more cells than the { $count ->
    [one] { $count } column
   *[other] { $count } columns
} of the header
problem-ragged-row-hint = quote the cells that contain the delimiter, or remove the cells beyond the header
problem-withheld = held back, because the same user has { $code } in { $place }
problem-withheld-hint = mend that row; no task goes out with part of its orders
problem-total-row = left out as a total row ("{ $value }")
problem-total-row-hint = nothing to do, if it is one
problem-computed-total = total_amount is blank and was added up from the orders
problem-computed-total-hint = fill the cell if another total is wanted
problem-no-orders = the user has no orders
problem-if-right-hint = nothing to do, if that is right
problem-hidden-rows-left-out = { $count ->
    [one] { $count } row is hidden or filtered out in the sheet, and left out
   *[other] { $count } rows are hidden or filtered out in the sheet, and left out
}
problem-hidden-rows-read = { $count ->
    [one] { $count } row is hidden or filtered out in the sheet, and read like the others
   *[other] { $count } rows are hidden or filtered out in the sheet, and read like the others
}
problem-hidden-rows-hint = show the rows, or say what is meant: --hidden-rows read, or --hidden-rows skip
problem-changed-since-created = task { $task } of run { $run } was created for this user with other content
problem-changed-since-created-hint = if a second task is wanted, upload the list again with --changed send

## Phones

problem-phone-cell-error = "{ $value }" is an error in the spreadsheet, not a phone
problem-phone-lossy-number = "{ $value }" does not hold every digit of the phone any more
problem-phone-not-a-phone = "{ $value }" is not a phone
problem-phone-date = "{ $value }" is a date, not a phone
problem-phone-percent = "{ $value }" is shown as a percentage by the format of its cell, not as a phone
problem-phone-fraction = "{ $value }" is a number with decimals, not a phone
problem-phone-two-phones = "{ $value }" is more than one phone
problem-phone-letter = "{ $value }" has a letter among its digits
problem-phone-extension = "{ $value }" has something behind the number, such as an extension
problem-phone-padded = "{ $value }" is a number that its format fills up with zeros
problem-phone-zero-tail = "{ $value }" ends in zeros that may or may not belong to the phone
problem-phone-length-far = "{ $value }" has far more than 15 digits
problem-phone-length = "{ $value }" has { $digits ->
    [one] { $digits } digit
   *[other] { $digits } digits
} with its country code, not 8 to 15
problem-phone-unknown-country = "{ $value }" begins with a country code that does not exist
problem-phone-country-length = "{ $value }" has a number of digits that no phone of { $country } has
problem-phone-trunk-zero = "{ $value }" has a 0 behind its country code
problem-phone-no-country-code = "{ $value }" is a national number, and no country code is given
problem-phone-bare-number = "{ $value }" begins with neither { $country_code } nor 0, + or 00
problem-phone-code-or-number = "{ $value }" has two readings: its { $country_code } may be the country code or part of the number
problem-phone-zero-before-code = "{ $value }" has two readings: a 0 stands before the country code
problem-phone-not-valid = "{ $value }" is not a valid phone of any country as it stands
problem-phone-cell-error-hint = mend the formula, or type the phone into the cell
problem-phone-lossy-number-hint = format the column as text, then paste the phones again from their source
problem-phone-two-phones-hint = keep one phone in the cell; tasks go to one phone each
problem-phone-letter-hint = type the digit that was meant: 0 for O, 1 for l or I, 5 for S, 8 for B
problem-phone-extension-hint = take away what stands behind the number
problem-phone-as-text-hint = format the cell as text and type the phone with its country code, for example +6281234567890
problem-phone-look-up-hint = look the phone up and write it with its country code, for example +6281234567890
problem-phone-zero-hint = take the 0 away, and write the phone with + and its country code
problem-phone-no-country-code-hint = add --country-code, for example --country-code 62, or write the phone with + and its country code
problem-phone-bare-number-hint = add --bare-numbers national if +{ $country_code } belongs before it, --bare-numbers international if it is complete, or write it with +
problem-phone-code-or-number-hint = write it with + and its country code, or add --bare-numbers national if +{ $country_code } belongs before it, --bare-numbers international if it is complete

## Amounts

problem-amount-cell-error = "{ $value }" is an error in the spreadsheet, not an amount
problem-amount-not-an-amount = "{ $value }" is not an amount
problem-amount-unknown = "{ $value }" is not an amount: "{ $text }" is no currency known here, and may change the number
problem-amount-grouping = "{ $value }" is not an amount: its digits are not grouped by three
problem-amount-negative = "{ $value }" is a negative amount
problem-amount-percent = "{ $value }" is a percentage, not an amount
problem-amount-exponent = "{ $value }" is written with an exponent, and digits may be lost
problem-amount-date = "{ $value }" is a date, not an amount
problem-amount-ambiguous = "{ $value }" has two readings: its mark may group thousands or begin the decimals
problem-amount-other-separator = "{ $value }" is not an amount with the decimal separator given by --decimal-separator
problem-amount-lossy-number = "{ $value }" is a number of more than 15 digits: the spreadsheet has rounded it already
problem-amount-too-large = "{ $value }" has more digits than an amount can have
problem-amount-cell-error-hint = mend the formula, or type the amount into the cell
problem-amount-ambiguous-hint = add --decimal-separator . if 1.000 is one and 1,000 a thousand, --decimal-separator , if it is the other way round
problem-amount-other-separator-hint = write it as 3000.50 in a number cell, or choose the other --decimal-separator
problem-amount-date-hint = give the cell a number format and check the amount: it was turned into a date
problem-amount-lossy-number-hint = check the amount, and type it as text if it is right
problem-amount-negative-hint = amounts are zero or more: mend it, or leave the cell blank
problem-amount-digits-hint = use digits and one mark before the decimals, for example 3000.50
problem-amount-unknown-hint = take "{ $text }" away, and write the whole amount in digits, for example 3000.50

## Dates

problem-date-cell-error = "{ $value }" is an error in the spreadsheet, not a date
problem-date-not-a-date = "{ $value }" is not a date
problem-date-impossible = "{ $value }" is a day that does not exist
problem-date-out-of-range = "{ $value }" is not in the years 1970 to 2100
problem-date-false-leap-day = "{ $value }" stands for 29 February 1900, a day that never was
problem-date-time-only = "{ $value }" is a time without a day
problem-date-bad-time = "{ $value }" has a time of day that does not exist or is not complete
problem-date-bare-number = "{ $value }" is a bare number, not a date
problem-date-ambiguous = "{ $value }" has two readings: the day or the month may come first
problem-date-short-year = "{ $value }" has a year of two digits, and its parts may stand in any order
problem-date-other-order = "{ $value }" is not a date in the order given by --date-order
problem-date-no-zone = "{ $value }" is a time of a named zone, and it is not given to which to convert it
problem-date-cell-error-hint = mend the formula, or type the date into the cell
problem-date-ambiguous-hint = add --date-order dmy if the day comes first, --date-order mdy if the month does
problem-date-short-year-hint = write the year with four digits, or add --date-order ymd, dmy or mdy
problem-date-other-order-hint = write it as 2026-04-15, or choose another --date-order
problem-date-no-zone-hint = add --time-zone with the zone of your office, for example --time-zone Asia/Jakarta
problem-date-bad-time-hint = write the time as 14:30 or 14:30:00; midnight is 00:00 of the next day
problem-date-bare-number-hint = write it as 2026-04-15, or give the file as .xlsx, where a number cell can be a date
problem-date-iso-hint = write it as 2026-04-15, with a time as 2026-04-15 10:00:00

## Texts and plain numbers

problem-text-cell-error = "{ $value }" is an error in the spreadsheet, not a value
problem-text-too-long = the text has { $length } characters, and { $limit } is the most
problem-text-too-long-hint = { $count ->
    [one] shorten it by { $count } character
   *[other] shorten it by { $count } characters
}
problem-text-lossy-number = "{ $value }" is a number of more than 15 digits: the spreadsheet has rounded it already
problem-text-bad-number = "{ $value }" is not a positive whole number
problem-text-too-large = "{ $value }" is above { $most }: programs that read JSON round numbers beyond that
problem-text-rounded-number = "{ $value }" is a whole number with too many digits: a spreadsheet keeps 15 of them, and has rounded it already
problem-text-cell-error-hint = mend the formula, or type the value into the cell
problem-text-lossy-number-hint = format the column as text, then paste the number again from its source
problem-text-bad-number-hint = use digits only, for example 30058
problem-text-too-large-hint = check the id, and write the one that the server knows

## What stands in a cell that could not be read. The English texts are those of src/domain/unread.rs.

problem-cell-too-long = a text that is too long
problem-cell-hollow = formula without a stored value
problem-cell-formula-error = formula error
problem-cell-lost-value = a value that is not stored as what it is; type it again
problem-cell-lost-text = a text that is not stored as one; type it again
problem-cell-long-text = a text that is too long for .xls; save the workbook as .xlsx
problem-cell-foreign-text = a text mixed with that of a drawing or a pronunciation; type it again without these
problem-cell-missing-text = a text that cannot be found; type it again
problem-cell-cut-text = a text that is cut off
problem-cell-cut-number = a number that is cut off
problem-cell-twice = two values for one cell; save the workbook as a new .xlsx
problem-cell-added-digits = a number format with digits of its own; give the cell a plain one and type what is meant
problem-cell-no-style = a number whose format is missing; save the workbook as a new .xlsx
problem-cell-no-number = not a number
problem-cell-no-time = a time that cannot be read
problem-cell-unreadable = unreadable cell
problem-cell-unreadable-because = unreadable cell ({ $error })
problem-cell-hollow-message = the formula has no stored value
problem-cell-hollow-hint = open the file in a spreadsheet program and save it, so that the results are stored
problem-cell-added-digits-message = the number format of the cell shows digits that the cell does not hold
problem-cell-added-digits-hint = give the cell a plain number format, and type what is meant
problem-cell-narrow-message = the cell holds nothing but #: its column was too narrow when the list was saved
problem-cell-narrow-hint = widen the column and save the list again

## Files

problem-file-not-found = there is no such file
problem-file-not-found-hint = check the path, and quote it if it has spaces
problem-file-folder = it is a folder, not a file
problem-file-folder-hint = name a file in it
problem-file-permission = the system does not allow reading it
problem-file-permission-hint = close it in other programs, check its permissions, or copy it
problem-file-empty = the file is empty
problem-file-empty-hint = check that the export finished
problem-file-no-table = it is not a table but { $looks_like }
problem-file-text = it is named .{ $extension }, but its content is plain text, not a workbook
problem-file-text-hint = rename it to .csv if it is delimited text, or open it in Excel and save it as a workbook (.xlsx)
problem-file-encrypted = the workbook is protected by a password
problem-file-encrypted-hint = open it in Excel, remove the password, and save it
problem-file-broken = the file is broken: { $detail }
problem-file-broken-hint = open it in Excel or LibreOffice, check that all is there, and save it as a new .xlsx
problem-file-in-row = sheet { $sheet }, row { $row }: { $detail }
problem-file-in-sheet = sheet { $sheet }: { $detail }
problem-file-in-line = line { $row }: { $detail }
problem-file-open-quote = the quotation marks of the record that begins on line { $line } do not pair up: { $detail }
problem-file-open-quote-hint = close the quotation mark on that line, or save the list as .xlsx
problem-file-undecodable = line { $line } is not valid text: { $detail }
problem-file-undecodable-hint = save the file as UTF-8 ("CSV UTF-8" in Excel), or name its encoding with --encoding
problem-file-unclear-encoding = the text is not UTF-8; it looks like { $likely }
problem-file-unclear-encoding-or = the text is not UTF-8; it looks like { $likely } or { $other }
problem-file-unclear-encoding-hint = if that is right, add --encoding { $likely }; else name the right one, or save the file as UTF-8 ("CSV UTF-8" in Excel)
problem-file-unclear-encoding-or-hint = add --encoding { $likely }, or --encoding { $other } if the names are wrong then, or save the file as UTF-8 ("CSV UTF-8" in Excel)
problem-file-unknown-encoding = the encoding { $name } is not known
problem-file-unknown-encoding-hint = use a usual name, for example utf-8, utf-16le, gb18030, windows-1252 or big5
problem-file-too-big = the file is too big: { $detail }
problem-file-too-big-hint = copy the rows that matter into a new workbook, or split the list
problem-file-io = reading failed: { $detail }
problem-file-io-hint = check the path, try again, or copy the file to a local disk first

## What a file looks like, as it stands behind "it is not a table but"

problem-looks-picture = a picture
problem-looks-pdf = a PDF document
problem-looks-html = an HTML page
problem-looks-mhtml = a saved web page
problem-looks-spreadsheet-xml = an XML spreadsheet of Excel 2003
problem-looks-xml = an XML document
problem-looks-rich-text = a rich text document
problem-looks-word = a Word document
problem-looks-power-point = a PowerPoint presentation
problem-looks-open-document = an OpenDocument file that is not a spreadsheet
problem-looks-numbers = an Apple Numbers document
problem-looks-old-excel = a workbook of an Excel before 97
problem-looks-zip = a zip archive without a workbook
problem-looks-archive = a compressed archive
problem-looks-office-file = an Office file without a workbook
problem-looks-utf16 = UTF-16 text without a byte order mark
problem-looks-binary = a binary file
problem-looks-device = a pipe or a device
problem-looks-saved-again-hint = open it in Excel or LibreOffice and save it as .xlsx
problem-looks-numbers-hint = export it from Numbers as Excel (.xlsx) or CSV
problem-looks-packed-hint = unpack it and name the list inside
problem-looks-utf16-hint = save it as UTF-8, or name the encoding: --encoding { $encoding }
problem-looks-device-hint = use - to read CSV from standard input
problem-looks-other-hint = name the list itself, as .xlsx, .xls, .ods or .csv

## What in particular is wrong with a file, as it stands behind a colon

problem-detail-one-table = a text file has one table only
problem-detail-too-many-lines = it spans more than { $most } lines
problem-detail-too-many-fields = line { $line } has more than { $most } fields
problem-detail-never-closed = a quoted field is never closed
problem-detail-text-behind-quote = a closing mark is followed by more text
problem-detail-long-record = it is longer than { $kib } KiB
problem-detail-zero-bytes = it holds zero bytes, which are no text
problem-detail-not-utf8 = it is not UTF-8
problem-detail-not-utf8-byte = byte { $byte } in field { $field } is not UTF-8
problem-detail-other-mark = the file begins with the mark of { $found }, not { $named }
problem-detail-foreign-byte = a byte that is not { $encoding }
problem-detail-foreign-bytes = bytes { $bytes } are not { $encoding }
problem-detail-half-character = the file ends in the middle of a character
problem-detail-no-such-sheet = there is no such sheet
problem-detail-reader-failed = the reader failed
problem-detail-reader-confused = its content makes no sense to the reader
problem-detail-cell-beyond-sheet = a cell lies beyond the last row or column
problem-detail-cell-twice = cell { $cell } is out of order, or there twice
problem-detail-sheet-list = its list of sheets is inconsistent
problem-detail-too-many-sheets = it has more than { $most } sheets
problem-detail-part-missing = its part is missing
problem-detail-missing-part = its part { $part } is missing
problem-detail-after-row = after this row: { $error }
problem-detail-zip = its zip archive cannot be read ({ $error })
problem-detail-utf16-parts = its parts are written in UTF-16
problem-detail-no-workbook-part = it does not say which part is the workbook
problem-detail-sheet-without-part = a sheet has no part
problem-detail-unusual-part = its part { $part } has an unusual name ({ $usual } is expected)
problem-detail-text-table-doctype = its table of texts declares a document type
problem-detail-text-table-beginning = its table of texts does not begin
problem-detail-text-table-claim = its table of texts claims to hold more texts than its size allows
problem-detail-text-table-cut-off = its table of texts is cut off
problem-detail-cells-unclear = its cells cannot be told apart
problem-detail-text-missing = after this row: a text is missing
problem-detail-row-cut-off = a row is cut off
problem-detail-row-beyond-sheet = a row lies beyond the last one
problem-detail-row-numbers = its rows are numbered in an odd way
problem-detail-unpacked-size = unpacked it would take more than 4 GiB
problem-detail-part-size = its part { $part } would take more than { $mib } MiB
problem-detail-unpacked-text-table = its table of texts would take more than { $mib } MiB
problem-detail-text-table-size = its table of texts takes more than { $mib } MiB
problem-detail-text-table-memory = the texts of its table would take more than 1 GiB of memory
problem-detail-text-size = one text of its table of texts takes more than { $mib } MiB
problem-detail-row-size = a row takes more than { $mib } MiB
problem-detail-too-many-formats = it has more cell formats than Excel allows
problem-detail-too-many-tags = a sheet has more than ten million tags behind its rows
problem-detail-xls-size = no .xls workbook is larger than { $mib } MiB
problem-detail-sector-size = its sectors have an unknown size
problem-detail-empty-directory = its directory is empty
problem-detail-header-cut-off = its header is cut off
problem-detail-endless-sector-list = its list of sectors does not end
problem-detail-long-sector-list = its list of sectors is longer than the file
problem-detail-sector-beyond-end = a sector lies beyond its end
problem-detail-endless-chain = a chain of sectors does not end
problem-detail-chain-nowhere = a chain of sectors leads nowhere
problem-detail-endless-record = a record does not end
problem-detail-sheet-beyond-end = a sheet lies beyond its end
problem-detail-sheets-overlap = two sheets lie in the same place
problem-detail-cell-cut-off = a cell is cut off
problem-detail-cell-beyond-columns = a cell lies beyond the last column
problem-detail-size-cut-off = the size of a sheet is cut off
problem-detail-impossible-size = a sheet claims a size that no sheet can have
problem-detail-cell-texts = the texts of its cells take more than { $mib } MiB
problem-detail-sparse-cells = its cells, and the room between them, do not fit into memory
problem-detail-cdata = its texts are written in an unusual way (as CDATA)
problem-detail-closing-tag = a tag that closes has more than its name
problem-detail-content-cut-off = its content is cut off
problem-detail-content-order = its content is out of order
problem-detail-day-zero = its days are counted from neither 1899-12-30 nor 1904-01-01
problem-detail-tag-size = a text or a tag of its content takes more than { $mib } MiB
problem-detail-repeats = its cells, repeated as often as it says, do not fit into memory
problem-detail-list-sheets = the lists have more than 65,535 sheets together
problem-detail-list-text = more than 1 GiB of text
problem-detail-leading-rows = the first rows of its sheets take more than { $mib } MiB

## What settles all problems of a kind

problem-settle-missing-column = --map FIELD=COLUMN, or the flag that gives the value to all
problem-settle-unclear-column = --map FIELD=COLUMN, or --ignore COLUMN
problem-settle-missing-value = fill the cells; --assignee, --name and --auth-id fill all that are blank, --fill-down takes what belongs to the user from the row above
problem-settle-bad-phone = --country-code DIGITS where numbers begin with 0, --bare-numbers national or international where they begin with neither + nor 0; correct the others
problem-settle-lossy-number = format the column as text and paste the digits again from where they came
problem-settle-bad-amount = write amounts as digits with one mark before the decimals: 3000.50
problem-settle-ambiguous-amount = --decimal-separator . or --decimal-separator ,
problem-settle-bad-date = write dates as 2026-04-15
problem-settle-ambiguous-date = --date-order dmy, mdy or ymd for the order of day and month, --time-zone NAME for times with a zone
problem-settle-bad-number = write whole numbers, digits only
problem-settle-too-long = shorten the texts to 256 characters
problem-settle-conflict = make the cells of a user equal, or leave all but one blank
problem-settle-duplicate-order = of the two rows keep the one that is right
problem-settle-duplicate-column = --ignore COLUMN for all but one
problem-settle-orphan-order = add the users to the users table, or mend the key
problem-settle-cell-error = mend the formulas, or paste their values
problem-settle-ragged-row = quote cells that contain the delimiter, or name another one with --delimiter
problem-settle-undecodable = --encoding NAME, or save the file as UTF-8
problem-settle-unreadable = see each of them
problem-settle-withheld = mend the rows that are named; these go out with them
problem-settle-duplicate-row = remove the copies
problem-settle-duplicate-order-across-users = check whose orders they are
problem-settle-unknown-column = --ignore COLUMN, or --map FIELD=COLUMN
problem-settle-ignored-sheet = --sheet NAME, or --header-row N
problem-settle-hidden-rows = --hidden-rows read, or --hidden-rows skip
problem-settle-changed-since-created = --changed send, if second tasks are wanted

## Templates of names and descriptions

problem-template-unknown = there is no placeholder {"{"}{ $name }{"}"}
problem-template-open = the brace at "{ $rest }" is not closed
problem-template-hint = use { $names }, and {"{{"} for a brace
