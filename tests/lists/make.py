#!/usr/bin/env python3
"""Makes every input file of these lists again, always the same bytes.

    pip install openpyxl XlsxWriter xlwt odfpy; python make.py
"""
import datetime, io, os, re, zipfile
from datetime import date, datetime as dt

import openpyxl, xlsxwriter, xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = os.path.dirname(os.path.abspath(__file__))
STAMP = (2026, 4, 1, 8, 0, 0)


def at(case, name):
    folder = os.path.join(HERE, case)
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, name)


def raw(case, name, data):
    with open(at(case, name), "wb") as f:
        f.write(data)


def text(case, name, lines, enc="utf-8", bom=b"", eol="\n"):
    if not isinstance(lines, str):
        lines = "".join(l + eol for l in lines)
    raw(case, name, bom + lines.encode(enc))


def rezip(data):
    """The same zip with fixed times, also inside docProps/core.xml and meta.xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as a, zipfile.ZipFile(out, "w") as b:
        for i in a.infolist():
            body = a.read(i)
            if i.filename in ("docProps/core.xml", "meta.xml"):
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", b"2026-04-01T08:00:00", body)
            n = zipfile.ZipInfo(i.filename, STAMP)
            n.compress_type = zipfile.ZIP_STORED if i.filename == "mimetype" else zipfile.ZIP_DEFLATED
            b.writestr(n, body)
    return out.getvalue()


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, body in parts.items():
            n = zipfile.ZipInfo(name, STAMP)
            n.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(n, body)
    return out.getvalue()


def fill(ws, rows):
    for r, row in enumerate(rows, 1):
        for c, v in enumerate(row, 1):
            if v is None:
                continue
            fmt = None
            if isinstance(v, tuple):
                v, fmt = v
            cell = ws.cell(r, c)
            cell.value = v
            if isinstance(v, str) and v[:1] == "=":
                cell.data_type = "f"
            if fmt:
                cell.number_format = fmt
    return ws


def book(*sheets, epoch1904=False):
    """Sheets as (name, rows, options)."""
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    if epoch1904:
        wb.epoch = CALENDAR_MAC_1904
    for name, rows, *opt in sheets:
        o = opt[0] if opt else {}
        ws = fill(wb.create_sheet(name), rows)
        for m in o.get("merge", []):
            ws.merge_cells(m)
        for r in o.get("hide", []):
            ws.row_dimensions[r].hidden = True
        if "filter" in o:
            ws.auto_filter.ref = o["filter"]
        ws.sheet_state = o.get("state", "visible")
    return wb


def xlsx(case, name, *sheets, **kw):
    out = io.BytesIO()
    book(*sheets, **kw).save(out)
    raw(case, name, rezip(out.getvalue()))


def by_hand(case, name, sheet_xml, shared=None, sheet_name="Sheet1", prefix="", strict=False):
    """A workbook as other systems write it: raw sheet XML."""
    p = prefix
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main" if strict else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ns = 'xmlns%s="%s"' % (":" + p[:-1] if p else "", main)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    R = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    CT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {
        "[Content_Types].xml": head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CT}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{CT}worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{CT}sharedStrings+xml"/></Types>',
        "_rels/.rels": head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": head + f'<{p}workbook {ns} xmlns:r="{R}"><{p}sheets>'
        f'<{p}sheet name="{sheet_name}" sheetId="1" r:id="rId1"/></{p}sheets></{p}workbook>',
        "xl/_rels/workbook.xml.rels": head +
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{R}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": head + f'<{p}worksheet {ns}>{sheet_xml}</{p}worksheet>',
        "xl/sharedStrings.xml": head + f'<{p}sst {ns}>{shared or ""}</{p}sst>',
    }
    raw(case, name, zipped(parts))


D, T, NBSP = date, dt, "\u00a0"

# 01 -- a monthly Excel sheet: title, merged customer, total at the end
xlsx("01-title-merged-total", "tagihan.xlsx", ("Tagihan", [
    ["DAFTAR TAGIHAN APRIL 2026"],
    [],
    ["No", "Nama Pelanggan", "No HP", "Petugas", "Nomor Pesanan", "Jumlah Tagihan", "Jatuh Tempo"],
    [1, "Budi Santoso", "0812-3456-7801", "incs_1", "PJ-001", 1500000, D(2026, 4, 15)],
    [2, None, None, None, "PJ-002", 250000.5, D(2026, 4, 20)],
    [3, "Siti Aminah", 6281234567802, "incs_2", "PJ-003", "Rp 750.000,00", "5 April 2026"],
    ["Total", None, None, None, None, 2500000.5],
], {"merge": ["A1:G1", "B4:B5", "C4:C5", "D4:D5"]}))

# 02 -- a Chinese export with the user's and the borrower's phone
xlsx("02-zh-two-phones", "名单.xlsx", ("Sheet1", [
    ["用户手机号", "用户姓名", "催收员", "授权ID", "任务名称", "订单号", "姓名", "手机号", "应还金额(元)", "到期日期*", "放款时间", "总金额", "备注"],
    ["138" + NBSP + "0013" + NBSP + "8001", "王小明", "incs_1", 30058, "四月提醒", "DD20260401001", "张三", 13900139001, 1500.5,
     D(2026, 4, 15), T(2026, 3, 1, 10, 0, 0), 3500.5, "第一次"],
    ["13800138001", None, None, None, None, "DD20260401002", "李四", "+86 139-0013-9002", "￥2,000.00", "2026年4月20日",
     "2026/3/10 14:30", None, "第二次\n请回电"],
    [8613800138002, "赵六", "incs_2", 30059, "四月提醒", 20260401003, None, None, 300, "20260425", "2026-03-02", "20,000.00"],
    ["合计", None, None, None, None, None, None, None, 3800.5],
]))

# 03, 04 -- order rows under a user, without its phone
text("03-rows-without-phone", "pesanan.csv", [
    "No HP,Nama,Nomor Pesanan,Jumlah Tagihan",
    "0812-3456-7801,Budi,A1,100000",
    ",,A2,50000",
    "0812-3456-7802,Siti,B1,70000",
    ",Joko,B2,80000",
    "0812-3456-7803,Rina,C1,90000",
    ",Dewi,C2,10000",
    ",,C3,20000",
    "0812-3456-7804,Agus,D1,125000",
])
text("04-fill-down", "pesanan.csv", [
    "No HP,Nama,Nomor Pesanan,Jumlah Tagihan",
    "0812-3456-7801,Budi,A1,100000",
    ",,A2,50000",
    "0812-3456-7802,Siti,B1,70000",
    ",Joko,B2,80000",
    "0812-3456-7803,Rina,C1,90000",
    ",Rina,C2,10000",
    ",,,",
    ",,C3,20000",
    "0812-3456-7804,Agus,D1,125000",
    "Total,,,545000",
])

# 05 -- a broadcast list pasted from chats
text("05-broadcast-pasted", "broadcast.csv", [
    "Nama;Nomor WA;Keterangan;Pesan Terkirim",
    "Budi;+62 812-3456-7801;sudah dihubungi;ya",
    "Siti;０８１２３４５６７８０２;;ya",
    "Joko;\u202a+62" + NBSP + "812" + NBSP + "3456" + NBSP + "7803\u202c;;tidak",
    "Rina;'081234567804;;",
    "Dewi;+62 (0)812.3456.7805;;",
    "Agus;0062 812 3456 7806;;",
    "Budi;6281234567801.0;minta tempo;ya",
    "Tono;(0812) 3456-7808;;",
    "Wati;0812/3456/7809;;",
    "Eko;081234567810/081234567811;;",
    "Yuli;telp 081234567812;;",
], bom=b"\xef\xbb\xbf", eol="\r\n")

# 06 -- phones as Excel keeps them
xlsx("06-phone-cells", "kontak.xlsx", ("Kontak", [
    ["Customer Name", "Phone"],
    ["Budi", 6281234567801],
    ["Siti", 6281234567802.5],
    ["Joko", 81234567803],
    ["Rina", "6281234567804.0"],
    ["Dewi", "6.281234567805E+12"],
    ["Agus", "6.28123E+12"],
    ["Tono", 6281234567890123],
    ["Wati", True],
    ["Eko", "#N/A"],
    ["Yuli", D(2026, 4, 5)],
    ["Hadi", (81234567812, "#,##0")],
    ["Lina", (6281234567813, "0.00E+00")],
    ["Nur", -6281234567814],
]))

# 07 -- no country code given
text("07-no-country-code", "users.csv", [
    "user_phone,user_name",
    "6281234567801,Budi",
    "6281234567802,Siti",
    "6281234567803,Joko",
    "8613800138001,王小明",
    "+8613800138002,李雷",
    "0065 8123 4567,Tan",
    "081234567804,Rina",
    "81234567805,Dewi",
    "62812,Agus",
    "628123456780612345,Tono",
    "+628 1234 5678 07,Wati",
])

# 08, 09, 10 -- amounts as typed
AMOUNTS = ["Rp 3,000.00", "3.000", "3,000", "0.500", "1234.500", "1,234,567", "1.234,50", "12,50", "-5000", "(5000)", "5%",
           "1e5", "TRUE", "2026-04-05", "IDR 1 500 000", "1'234.50", "￥1,200.00", "0075", "+250000", "1,23,456", "0,5",
           "RP1.500.000", "$99.90", "3000.0", "0", "500 IDR", "€ 1.000,50"]
text("08-amounts-typed", "amounts.csv", ["user_phone,order_number,due_amount"] +
     [f'628123456{7801 + i},N{i + 1},"{a}"' for i, a in enumerate(AMOUNTS)])
text("09-amounts-comma", "tagihan.csv", ["No HP;Nomor Pesanan;Tagihan"] +
     [f"08123456{7801 + i};N{i + 1};{a}" for i, a in enumerate(
         ["3.000", "3,000", "12,50", "1.234,50", "1.500.000", "Rp 999.999"])])
text("10-amounts-dot-pipe", "export.txt", ["phone|order no|amount due"] +
     [f"+628123456{7801 + i}|N{i + 1}|{a}" for i, a in enumerate(
         ["3.000", "3,000", "12.50", "1,234.50", "1,500,000", "Rp 999,999"])])

# 11 -- amounts in number cells
xlsx("11-amount-cells", "orders.xlsx", ("Orders", [
    ["user_phone", "order_number", "due_amount"],
    ["6281234567801", "N1", 1500.5],
    ["6281234567801", "N2", 0.1 + 0.2],
    ["6281234567802", "N3", 2.675],
    ["6281234567803", "N4", 2.665],
    ["6281234567804", "N5", 1234567.005],
    ["6281234567805", "N6", -5],
    ["6281234567806", "N7", True],
    ["6281234567807", "N8", D(2026, 4, 5)],
    ["6281234567808", "N9", 999999999999999],
    ["6281234567809", "N10", 0],
    ["6281234567810", "N11", 12345678901234.56],
    ["6281234567811", "N12", 0.005],
    ["6281234567812", "N13", 0.015],
    ["6281234567813", "N14", "3000.00"],
    ["6281234567814", "N15", (3000, '"Rp"#,##0.00')],
    ["6281234567815", "N16", "#VALUE!"],
]))

# 12, 13, 14 -- where the total comes from
TOTALS = [
    ["user_phone", "total_amount", "order_number", "loan_amount", "due_amount"],
    ["6281234567801", None, "A1", 900, 1000],
    ["6281234567801", 5000, "A2", 1800, 2000],
    ["6281234567802", None, "B1", 90, 100.10],
    ["6281234567802", None, "B2", None, "200.25"],
    ["6281234567803", None, "C1", 70, None],
    ["6281234567804", "750,000.00"],
    ["6281234567805"],
    ["6281234567806", 0, "F1", None, 10],
]
for c in ("12-total-default", "13-total-column", "14-total-sum-loan"):
    xlsx(c, "totals.xlsx", ("Data", TOTALS))

# 15, 16, 17, 18 -- dates as typed
DATES = ["2026-4-5", "2026/04/05", "2026.4.5", "20260405", "2026年4月5日", "5 Apr 2026", "April 5, 2026", "17 Agustus 2026",
         "1 Okt 2026", "15/04/2026", "04/04/2026", "04/05/2026", "04-05-2026", "04.05.2026", "5/4/26", "2026-02-30", "46117",
         "1969-12-31", "2101-01-01", "2026-04-05T10:00:00", "2026-04-05T23:30:00Z", "12/25/2026", "13/13/2026",
         "2026-04-05 10:00:00.123", "3 Mei 2026", "29 Februari 2028", "1970-01-01", "2100-12-31"]
text("15-dates-typed", "dates.tsv", ["user_phone\torder_number\tnext_due_date"] +
     [f"628123456{7801 + i}\tN{i + 1}\t{d}" for i, d in enumerate(DATES)])
text("16-dates-dmy", "jatuh-tempo.csv", ["no_wa,no_pesanan,jatuh_tempo,waktu_pinjaman"] +
     [f"08123456{7801 + i},N{i + 1},{a},{b}" for i, (a, b) in enumerate([
         ("04/05/2026", "04/05/2026 9:05 PM"), ("04/15/2026", ""), ("15/04/26", "4.5.2026 00:00:01"),
         ("2026-04-05", "2026/3/1"), ("04-05-2026", "04-05-2026 14:30")])])
text("17-dates-mdy", "due.csv", ["phone,order id,due date,loan time"] +
     [f"+1 202-555-01{41 + i},N{i + 1},{a},{b}" for i, (a, b) in enumerate([
         ("04/05/2026", "4/5/26 12:15 AM"), ("15/04/2026", ""), ("4.5.2026", "04/05/2026 12:00 PM"),
         ("2026-04-05", "04/05/2026 11:59:59 pm")])])
text("18-time-zone", "utc.csv", ["user_phone,order_number,next_due_date,confirm_loan_time"] +
     [f"628123456{7801 + i},N{i + 1},{a},{b}" for i, (a, b) in enumerate([
         ("2026-04-05T23:30:00Z", "2026-03-01T10:00:00Z"), ("2026-04-05T00:30:00+09:00", "2026-03-01T20:00:00+08:00"),
         ("2026-04-05", "2026-03-01 10:00:00"), ("2026-04-05T16:59:59Z", "2026-03-01T23:59:59.999Z"),
         ("2026-04-05T10:00:00+07:00", "2026-03-01 10:00:00+07:00")])])

# 19, 20 -- date cells
S1904 = lambda y, m, d: (date(y, m, d) - date(1904, 1, 1)).days
S1900 = lambda y, m, d: (date(y, m, d) - date(1899, 12, 30)).days
xlsx("19-dates-1904", "mac.xlsx", ("Orders", [
    ["user_phone", "order_number", "next_due_date", "confirm_loan_time"],
    ["6281234567801", "N1", D(2026, 4, 15), T(2026, 3, 1, 10, 20, 30)],
    ["6281234567802", "N2", (S1904(2026, 4, 5), "General"), (S1904(2026, 3, 1) + 0.5, "General")],
    ["6281234567803", "N3", (20260405, "General"), (20260301, "General")],
    ["6281234567804", "N4", "2026-04-05", "5 Maret 2026 08:00"],
    ["6281234567805", "N5", (0.5, "General"), None],
]), epoch1904=True)


def dates_1900():
    out = io.BytesIO()
    wb = xlsxwriter.Workbook(out, {"in_memory": True})
    wb.set_properties({"created": dt(2026, 4, 1, 8)})
    ws = wb.add_worksheet("订单")
    f = lambda s: wb.add_format({"num_format": s})
    day, long, zh, idn, hm = (f(s) for s in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", 'yyyy"年"m"月"d"日"', "[$-421]dd mmmm yyyy", "hh:mm"))
    for c, h in enumerate(["手机号", "订单号", "到期日", "放款时间"]):
        ws.write(0, c, h)
    rows = [
        (D(2026, 4, 15), day, T(2026, 3, 1, 14, 29, 59), long),
        (T(2026, 4, 15, 23, 59, 59), long, T(2026, 3, 1, 10, 20, 0), hm),
        (D(2026, 4, 15), zh, T(2026, 3, 1, 23, 59, 59), long),
        (D(2026, 4, 15), idn, T(2026, 3, 1, 0, 0, 1), zh),
        (S1900(2026, 4, 5), None, S1900(2026, 3, 1) + 0.75, None),
        (20260405, None, 20260301, None),
        (99999999, None, None, None),
        (50, None, None, None),
        ("46117", None, None, None),
        (0.5, hm, None, None),
        (D(2026, 4, 15), day, T(2026, 3, 1, 14, 30, 0, 900000), long),
    ]
    for r, (a, fa, b, fb) in enumerate(rows, 1):
        ws.write_string(r, 0, f"+86 138-0013-{8000 + r}")
        ws.write_string(r, 1, f"N{r}")
        for c, v, fm in ((2, a, fa), (3, b, fb)):
            if isinstance(v, str):
                ws.write_string(r, c, v)
            elif isinstance(v, (date, dt)):
                ws.write_datetime(r, c, v, fm)
            elif v is not None:
                ws.write_number(r, c, v, fm)
    wb.close()
    raw("20-date-cells", "订单.xlsx", rezip(out.getvalue()))


dates_1900()

# 21 to 26 -- encodings
ZH = ["客户手机号,客户姓名,备注,订单编号,应还金额,到期日",
      "13800138001,王小明,客户说下周一还款,DD001,3000,2026-04-15",
      "13800138002,赵丽颖,已短信提醒两次,DD002,\"1,500.50\",2026年4月20日",
      "13800138001,王小明,电话无人接听,DD003,200,2026/4/18"]
text("21-gb18030-found", "名单.csv", ZH, enc="gb18030", eol="\r\n")
text("22-gb18030-named", "export.csv", ["手机,姓名,订单号,逾期金额", "+86 138 0013 8001,王𠮷,A1,￥500", "008613800138002,李㐂,A2,99.9"], enc="gb18030")
text("23-windows-1252-named", "clientes.csv", ["Phone;Customer name;Remark;Order no;Amount due", "+34 612 345 678;José Peña;llamó – pagará mañana;P1;€ 1.000,50",
     "+49 1512 3456789;Jürgen Müller;“später”;P2;99,90 €"], enc="cp1252", eol="\r\n")
text("24-windows-1252-found", "kunden.csv", ["Phone;Customer name;Remark;Order no;Amount due",
     "+49 1512 3456789;Jürgen Müller;Möchte nächste Woche überweisen;K1;1.250,75",
     "+49 1512 3456780;Günther Weiß;Hört schlecht, bitte später zurückrufen;K2;80,00",
     "+43 664 1234567;Jörg Größl;Grüße ausgerichtet, Raten möglich;K3;300,10"], enc="cp1252")
text("25-utf16-tabs", "unicode.txt", 'user_phone\tuser_name\tdescription\torder_number\tdue_amount\r\n'
     '+62 812-3456-7801\tBudi\t"minta tempo\r\n3 hari, besok"\tA1\t1500\r\n'
     '+62 812-3456-7802\t小明\t\tB1\t"Rp 2,000.00"\r\n'
     '+62 812-3456-7803\tSiti\t\tC1\t1,5,0\r\n', enc="utf-16-le", bom=b"\xff\xfe")
text("26-utf16be-semicolon", "daftar.csv", ["nomor_hp;nama;no_pesanan;tagihan", "0812-3456-7801;Bùdi;A1;12,50", "0812-3456-7802;Siti, Ibu;B1;7,5"], enc="utf-16-be", bom=b"\xfe\xff")
raw("27-bytes-do-not-fit", "users.csv", b"user_phone,user_name\n6281234567801,Budi\n6281234567802," + "王小明".encode("gb18030") + b"\n6281234567803,Siti\n")

# 28 to 32 -- two tables
xlsx("28-users-and-orders-sheets", "april.xlsx",
     ("Pelanggan", [["No HP", "Nama", "Petugas", "Total Tagihan"],
                    [81234567801, "Budi", "incs_1", "Rp 5.000.000"],
                    ["0812-3456-7802", "Siti", "incs_2"],
                    ["+62 812 3456 7803", "Joko", "incs_1"],
                    ["62812", "Rina", "incs_1"],
                    ["081234567805", "Dewi", "incs_2"]]),
     ("Pesanan", [["No HP", "Nomor Pesanan", "Jumlah Tagihan", "Jatuh Tempo"],
                  ["6281234567803", "C1", 100000, D(2026, 4, 15)],
                  ["081234567801", "A1", 2000000, D(2026, 4, 15)],
                  ["081234567805", "E1", 3000, D(2026, 4, 15)],
                  ["081234567801", "A2", 3000000.25, D(2026, 4, 20)],
                  ["081234567809", "X1", 70000, D(2026, 4, 15)],
                  ["081234567805", "E2", "3.000", D(2026, 4, 15)]]),
     ("Catatan", [["dibuat oleh bagian penagihan"], ["jangan diubah"]]))
xlsx("29-join-on-user-id", "客户与订单.xlsx",
     ("客户", [["客户ID", "用户手机号", "用户姓名", "催收员"],
             [1001, "+8613800138001", "王小明", "incs_1"],
             ["K-7 ", "+8613800138002", "李雷", "incs_2"],
             [1003, "+8613800138003", "韩梅梅", "incs_1"]]),
     ("四月", [["客户ID", "订单号", "订单手机号", "应还金额", "到期日"],
             ["1001", "A1", 13900139001, 100, D(2026, 4, 5)],
             ["K-7", "B1", None, 200.5, D(2026, 4, 6)],
             [9999, "X1", None, 5, D(2026, 4, 6)]]),
     ("五月", [["客户ID", "订单号", "应还金额", "到期日"],
             [1001, "A2", 300, D(2026, 5, 5)],
             [1234567890123456, "L1", 10, D(2026, 5, 6)]]))
text("30-users-and-orders-files", "users.csv", ["user_id;user_phone;user_name;assignee", "u1;0812-3456-7801;Budi;incs_1", "u2;0812-3456-7802;Siti;incs_2", "u1;+6281234567801;;", "u3;0812-3456-7803;Joko;incs_1"])
text("30-users-and-orders-files", "orders.csv", ["customer_id\torder_id\tborrower\torder_phone\tamount_due", "u2\tB1\tSiti A.\t0812 3456 7802\t1,250.00", "u1\tA1\t\t\t800", "u1\tA1\t\t\t800"])
xlsx("31-named-sheets", "data.xlsx",
     ("Ringkasan", [["user_phone", "order_number", "due_amount"], ["6281234567801", "OLD", 1]]),
     ("Nasabah Aktif", [["daftar nasabah aktif"], ["user_phone", "user_name"], ["6281234567801", "Budi"], ["6281234567802", "Siti"]]),
     ("Order April", [["user_phone", "user_name", "order_number", "due_amount"], ["6281234567801", "Budi", "A1", 100], ["6281234567801", None, "A2", 50.55]]),
     ("Order Maret", [["user_phone", "order_number", "due_amount"], ["6281234567802", "B0", 999]]))
xlsx("32-orders-of-others", "mixed.xlsx",
     ("Users", [["user_phone", "user_name"], ["6281234567801", "Budi"], ["6281234567802", "Siti"]]),
     ("Orders", [["user_phone", "order_number", "due_amount"], ["6281234567801", "A1", 100], ["6281234567811", "B1", 100], ["6281234567812", "C1", 100], ["6281234567813", "D1", 100]]))

# 33 to 37 -- several files, several sheets
text("33-two-files", "pagi.csv", ["no_wa,nama,no_pesanan,tagihan,cabang", "0812-3456-7801,Budi,A1,1000,Bogor", "0812-3456-7802,Siti,B1,2000,Bogor"])
xlsx("33-two-files", "sore.xlsx", ("Sore", [["no_wa", "nama", "no_pesanan", "tagihan"], ["6281234567803", "Joko", "C1", 3000], ["6281234567801", "Budi", "A2", 400], ["081234567801", "Budi", "A1", 1000],
     ["081234567802", "Siti Aminah", "B2", 70]]))
F = ["手机号", "姓名", "订单号", "应还金额"]
xlsx("34-equal-sheets", "分组.xlsx",
     ("一组", [F, ["+8613800138001", "王小明", "A1", 100], ["+8613800138002", "李雷", "B1", 200]]),
     ("说明", [["本表每日更新"], ["请勿修改"]]),
     ("二组", [F, ["+8613800138003", "韩梅梅", "C1", 300], ["+8613800138001", "王小明", "A2", 50]]),
     ("旧", [F, ["+8613800138009", "张三", "Z1", 999]], {"state": "hidden"}),
     ("旧旧", [F, ["+8613800138008", "张四", "Z2", 999]], {"state": "veryHidden"}))
MIX = [("Baru", [["no_wa", "nama", "no_pesanan", "tagihan"], ["0812-3456-7801", "Budi", "A1", 1000], ["0812-3456-7802", "Siti", "B1", 2000]]),
       ("Lama", [["nama", "no_hp", "no_pesanan", "jatuh_tempo", "keterangan"], ["Budi", "+62 812 3456 7801", "A0", D(2026, 1, 5), "janji lama"], ["Joko", "081234567803", "C0", "2026-01-06"]]),
       ("Arsip", [["no_wa", "nama", "no_pesanan", "tagihan"], ["0812-3456-7809", "Hadi", "Z1", 10]], {"state": "hidden"})]
for c in ("35-unlike-sheets", "36-all-sheets", "37-hidden-sheet-named"):
    xlsx(c, "dua.xlsx", *MIX)

# 38, 39, 40 -- rows that a filter hides
for c in ("38-hidden-rows", "39-hidden-rows-read", "40-hidden-rows-skip"):
    xlsx(c, "filter.xlsx", ("Data", [["no_wa", "nama", "no_pesanan", "tagihan"],
         ["081234567801", "Budi", "A1", 1000], ["081234567801", "Budi", "A2", 500], ["081234567802", "Siti", "B1", 2000], ["081234567803", "Joko", "C1", 3000],
         ["081234567804", "Rina", "D1", 70]], {"filter": "A1:D6", "hide": [3, 5]}))

# 41 to 46 -- duplicates, conflicts, texts
text("41-duplicates", "orders.csv", ["user_phone,user_name,order_number,due_amount,next_due_date",
     "6281234567801,Budi,A1,100,2026-04-05", "+62 812-3456-7801,Budi,A1,100,5 Apr 2026", "6281234567801,Budi,,50,2026-04-05", "6281234567801,Budi,,50,2026-04-05",
     "6281234567802,Siti,B1,100,2026-04-05", "6281234567803,Joko,C1,100,2026-04-05", "6281234567802,Siti,B1,200,2026-04-05", "6281234567804,Rina,C1,100,2026-04-05",
     "6281234567804,Rina,D1,300,2026-04-05", "6281234567802,Siti,B2,10,2026-04-05"])
text("42-conflicts", "list.csv", ["user_phone,user_name,assignee_username,auth_id,description,order_number,due_amount",
     "6281234567801,Jose\u0301,incs_1,30058,besok,A1,1", "6281234567801,Jos\u00e9,,,lusa,A2,2", "6281234567802,Siti,incs_1,30058,,B1,1", "6281234567802,Siti A.,incs_1,30058,,B2,2",
     "6281234567803,Joko,incs_1,30058,,C1,1", "6281234567803,Joko,incs_2,30058,,C2,2", "6281234567803,Joko,incs_1,30058,,C3,3", "6281234567804,,incs_1,30058,x,D1,1",
     "6281234567804,Rina,,30058,x,D2,2", "6281234567805,Dewi,incs_1,30058,,E1,1", "6281234567805,Dewi,incs_1,30059,,E2,2"])
E256, E257 = "\U0001f4b0" * 128 + "é" * 128, "x" * 257
text("43-too-long", "long.csv", ["user_phone,name,description", f"6281234567801,{E256},{E256}", f"6281234567802,{E257},ok", f"6281234567803,T,{E257}",
     f"6281234567804,T,{'a' * 128}", f"6281234567804,T,{'b' * 128}", f"6281234567805,T,{'c' * 200}", f"6281234567805,T,{'c' * 200}", f"6281234567805,T,{'d' * 55}"])
text("44-text-cleaning", "names.csv", 'user_phone,user_name,description,order_number,username\r\n'
     '6281234567801,"\u3000 Bu\u200bdi\tSantoso \u00a0","  baris satu\r\nbaris\tdua \u2003",A\ufeff1,"Ibu\r\nSiti"\r\n'
     '6281234567802,"Siti\nAminah",a\x07b,B1,\u202eevil\u202c\r\n'
     '6281234567803,\U0001f468\u200d\U0001f469\u200d\U0001f467 Keluarga,,C1,E\u0301va\r\n'
     '6281234567804,=SUM(A1),\u200b,D1,TRUE\r\n')
xlsx("45-typed-cells", "cells.xlsx", ("S", [["user_phone", "user_name", "description", "order_number", "username", "phone_number"],
     ["6281234567801", 123.0, True, False, 0.1, 13800138000], ["6281234567802", 1001.5, 20260401, 7.0, True, "0812.0"], ["6281234567803", "Siti_x000D_\nAminah", "a\nb", "x"], ["6281234567804", "Joko", None, "y", None, 6281234567890123]]))
text("46-ragged-and-breaks", "ragged.csv", "user_phone,user_name,order_number,due_amount\n"
     "6281234567801,\"Budi\nSantoso\",A1,1000\n"
     "6281234567802,Siti,B1,2000,extra\n"
     "6281234567803,Joko,C1,3000,,\n"
     "6281234567804,Rina\n"
     "6281234567805,\"Dewi \"\"Si Cantik\"\"\",E1,\"1,500.75\"\n"
     "\n"
     " ,\t,\u3000,\n"
     "6281234567806,Tono,F1,1,500.75\n"
     "6281234567802,Siti,B2,2500\n")

# 47, 48 -- total rows
xlsx("47-total-words", "rekap.xlsx", ("Rekap", [["nama_pelanggan", "no_hp", "nomor_pesanan", "jumlah_tagihan"],
     ["Budi", "081234567801", "A1", 100], ["TOTAL:", None, None, 100], ["Siti", "081234567802", "B1", 200], ["Subtotal", None, None, 200],
     ["Totalindo Jaya", None, None, 5], ["Jumlah 5", None, None, 305], ["Total", None, "X9", 500], ["Total Sukses", "081234567803", "C1", 300],
     ["小计3", None, None, 300], ["Grand Total 3 orang", None, None, 600], [None, "总计", None, 600], ["grand total", None, None, 600]]))
xlsx("48-totals-and-fill-down", "合并.xlsx", ("表", [["手机号", "姓名", "备注", "订单号", "应还金额"],
     ["+86 138 0013 8001", "王小明", None, "A1", 100], [None, None, None, "A2", 50], [None, None, "小计", None, 150],
     ["+86 138 0013 8002", "李雷", "二次", "B1", 200], [None, None, None, "B2", 20], ["合计", None, None, None, 370]], {"merge": ["A7:D7"]}))

# 49 to 57 -- columns
text("49-missing-columns", "wa.csv", ["no_wa,nama", "081234567801,Budi"])
for c in ("50-unclear-column", "51-unclear-settled"):
    text(c, "typo.csv", ["user_phone,user_name,order_number,order_numbr,due_amuont", "6281234567801,Budi,A1,x,100", "6281234567802,Siti,B1,,250.5"])
for c in ("52-two-phone-columns", "53-two-phones-settled"):
    text(c, "kontak.csv", ["phone,mobile,customer_name", "+622112345678,0812-3456-7801,Budi", "+622112345679,0812-3456-7802,Siti"])
xlsx("54-map-by-letter", "crm.xlsx", ("Lembar1", [["Data Nasabah"], ["Kontak 1", "Kontak 2", "Nasabah", "Ref", "Nilai", "Kolom1"],
     ["0811111111", "0812-3456-7801", "Budi", "R1", 100, "x"], [None, "0812-3456-7802", "Siti", "R2", "1.250,5", "y"]]))
text("55-header-row", "双表头.csv", ["user_phone,order_number,due_amount", "用户手机号,订单编号,应还金额", "+8613800138001,A1,10", "+8613800138002,B1,20"])
text("56-require", "orders.csv", ["user_phone,user_name,order_number,due_amount,next_due_date", "6281234567801,Budi,A1,100,2026-04-05", "6281234567802,Siti,B1,,2026-04-05",
     "6281234567803,Joko,C1,10,", "6281234567801,Budi,A2,200,2026-04-06", "6281234567804,Rina,D1,,"])
text("57-require-no-column", "orders.csv", ["user_phone,user_name,order_number,due_amount", "6281234567801,Budi,A1,100"])

# 58 to 63 -- how many, and who
text("58-limit", "orders.csv", ["user_phone,order_number,due_amount", "6281234567801,A1,1", "6281234567802,B1,abc", "6281234567803,C1,3", "6281234567801,A2,10", "6281234567804,D1,4", "6281234567805,E1,5"])
text("59-strict", "orders.csv", ["user_phone,order_number,due_amount", "6281234567801,A1,1", "6281234567802,B1,(5)", "6281234567803,C1,3"])
for c in ("60-too-many-invalid", "61-max-invalid-raised"):
    text(c, "wa.csv", ["no_wa"] * 0 + ["no_wa,nama"] + [("12345" if i <= 20 else f"08123456{7800 + i}") + f",Nasabah {i}" for i in range(1, 81)])
text("62-few-own-errors", "orders.csv", ["user_phone,order_number,due_amount"] + [f"628123456{7800 + i},{x}{i},{a}" for i in range(1, 20) for x, a in (("A", "10"), ("B", "ten"))] +
     [f"628123456{7800 + i},A{i},10" for i in range(20, 25)])
text("63-round-robin", "orders.csv", ["user_phone,user_name,order_number,due_amount", "6281234567801,Budi,A1,1", "6281234567802,Siti,B1,1", "6281234567801,,A2,1", "6281234567803,Joko,C1,1",
     "6281234567803,Jaka,C2,1", "6281234567804,Rina,D1,1", "6281234567805,Dewi,E1,1", "6281234567806,Agus,F1,1"])

# 64 to 69 -- templates, standard input, headers, identifiers
text("64-templates", "daftar april.csv", ["user_phone,user_name,name,description,order_number,due_amount", "6281234567801,Budi,,,A1,100", "6281234567801,,,,A2,50.5",
     "6281234567802,,,{user_name} tetap,B1,", "6281234567803,Siti,{orders} promo,,,"])
text("65-unknown-template", "wa.csv", ["no_wa,nama", "+6281234567801,Budi"])
text("66-standard-input", "pipe.csv", ["nomor_wa;nama;tagihan", "0812-3456-7801;Budi;12,5", "12345;Siti;10"], bom=b"\xef\xbb\xbf")
text("67-humps", "api.csv", ["userPhone,userName,username,phoneNumber,Order-Number,DUE AMOUNT (IDR),ｎａｍｅ,Assignee  Username*,moduleId,authId",
     "+62 812 3456 7801,Budi,Ibu Budi,0811-22,A1,100,Tagihan,incs_1,019d3dcd-0000-7000-8000-000000000001,30058",
     "+62 812 3456 7802,Siti,,,B1,200,Tagihan,incs_2,,30059"])
text("68-bare-phone-number", "loans.csv", ["phone_number,username,order_number,due_amount", "0812 3456 7801,Pak Budi,A1,100", "6281234567801,Pak Budi,A2,50", "+62 812 3456 7802,,B1,70"])
xlsx("69-identifiers", "ids.xlsx", ("Ids", [["user_phone", "phone_number", "order_number"],
     ["6281234567801", 81234567801, 123456789012345], ["6281234567802", "0812 - 3456", 1234567890123456], ["6281234567803", None, "12345678901234567890"],
     ["6281234567804", 6281234567890123, "D1"], ["6281234567805", "00812", 1001.5], ["6281234567806", None, "0007"]]))

# 70, 71 -- workbooks of other programs
by_hand("70-formulas", "rumus.xlsx", '<sheetData><row r="1">' + "".join(
    f'<c r="{c}1" t="inlineStr"><is><t>{h}</t></is></c>' for c, h in zip("ABCDE", ["user_phone", "user_name", "order_number", "due_amount", "Rumus"])) + "</row>"
    '<row r="2"><c r="A2" t="str"><f>"62"&amp;F2</f><v>6281234567801</v></c><c r="B2" t="str"><f>X1</f><v>Budi</v></c><c r="C2"><f>1000+1</f><v>1001</v></c><c r="D2"><f>3001/2</f><v>1500.5</v></c><c r="E2"><f>NOW()</f></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>6281234567802</t></is></c><c r="C3"><v>2</v></c><c r="D3"><f>SUM(X1:X9)</f></c></row>'
    '<row r="4"><c r="A4" t="inlineStr"><is><t>6281234567803</t></is></c><c r="C4"><v>3</v></c><c r="D4" t="e"><f>X1</f><v>#REF!</v></c></row>'
    '<row r="5"><c r="A5" t="inlineStr"><is><t>6281234567804</t></is></c><c r="B5" t="e"><v>#N/A</v></c><c r="C5"><v>4</v></c><c r="D5"><v>7</v></c></row>'
    '<row r="6"><c r="A6" t="inlineStr"><is><t>6281234567805</t></is></c><c r="C6"><v>5</v></c><c r="D6"><v>0.30000000000000004</v></c><c r="E6" t="e"><v>#DIV/0!</v></c></row>'
    '<row r="7"><c r="A7" t="inlineStr"><is><t>6281234567801</t></is></c><c r="C7"><v>1006</v></c><c r="D7"><v>2.5E3</v></c></row></sheetData>')
by_hand("71-foreign-workbook", "导出.xlsx",
    '<x:dimension ref="A1:XFD1048576"/><x:sheetData>'
    '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c><x:c t="s"><x:v>3</x:v></x:c><x:c t="inlineStr"><x:is><x:t>到期日</x:t></x:is></x:c></x:row>'
    '<x:row><x:c t="s"><x:v>4</x:v></x:c><x:c t="s"><x:v>5</x:v></x:c><x:c t="inlineStr"><x:is><x:t>A1</x:t></x:is></x:c><x:c><x:v>100</x:v></x:c><x:c t="d"><x:v>2026-04-15</x:v></x:c></x:row>'
    '<x:row r="4"><x:c r="A4" t="inlineStr"><x:is><x:t>+86 138 0013 8002</x:t></x:is></x:c><x:c r="C4" t="inlineStr"><x:is><x:r><x:t>B</x:t></x:r><x:r><x:t xml:space="preserve">1 </x:t></x:r></x:is></x:c><x:c><x:v>12.345</x:v></x:c></x:row>'
    '<x:row r="6"><x:c r="A6" t="s"><x:v>4</x:v></x:c><x:c r="C6" t="str"><x:v>A2</x:v></x:c><x:c r="D6" t="b"><x:v>1</x:v></x:c></x:row>'
    '<x:row r="7"><x:c r="A7" t="inlineStr"><x:is><x:t>+86 138 0013 8003</x:t></x:is></x:c><x:c r="B7" t="s"><x:v>5</x:v></x:c><x:c r="C7" t="inlineStr"><x:is><x:t>C1</x:t></x:is></x:c><x:c r="D7" t="inlineStr"><x:is><x:t>￥8.8</x:t></x:is></x:c><x:c r="E7" t="d"><x:v>2026-04-15T10:00:00</x:v></x:c></x:row>'
    '</x:sheetData>', prefix="x:", sheet_name="数据",
    shared='<x:si><x:t>用户手机号</x:t></x:si><x:si><x:r><x:t>用户</x:t></x:r><x:r><x:rPr><x:b/></x:rPr><x:t>姓名</x:t></x:r><x:rPh sb="0" eb="2"><x:t>ユウ</x:t></x:rPh></x:si>'
    '<x:si><x:t>订单号</x:t></x:si><x:si><x:t>应还金额</x:t></x:si><x:si><x:r><x:t xml:space="preserve">+86 138 </x:t></x:r><x:r><x:t>0013 8001</x:t></x:r></x:si>'
    '<x:si><x:t xml:space="preserve"> 王小明 </x:t><x:rPh sb="1" eb="2"><x:t>オウ</x:t></x:rPh></x:si>')

# 72 to 79 -- files that are not what they say
text("72-html-as-xls", "laporan.xls", "<html><head><meta charset=utf-8></head><body><table><tr><th>user_phone</th><th>user_name</th></tr><tr><td>6281234567801</td><td>Budi</td></tr></table></body></html>\n")
text("73-csv-as-xlsx", "daftar.xlsx", ["user_phone,user_name", "6281234567801,Budi"])
xlsx("74-wrong-extensions", "pagi.csv", ("S", [["user_phone", "user_name"], [6281234567801, "Budi"]]))


def xls(case, name, sheets, epoch1904=False):
    wb = xlwt.Workbook(encoding="utf-8")
    wb.dates_1904 = epoch1904
    for title, rows, *opt in sheets:
        o = opt[0] if opt else {}
        ws = wb.add_sheet(title)
        ws.visibility = o.get("visibility", 0)
        merged = {(a, c): (a, b, c, d) for a, b, c, d in o.get("merge", [])}
        for r, row in enumerate(rows):
            for c, v in enumerate(row):
                if v is None:
                    continue
                v, fmt = v if isinstance(v, tuple) else (v, None)
                st = xlwt.easyxf(num_format_str=fmt) if fmt else xlwt.Style.default_style
                if (r, c) in merged:
                    ws.write_merge(*merged[r, c], v, st)
                else:
                    ws.write(r, c, v, st)
    out = io.BytesIO()
    wb.save(out)
    raw(case, name, out.getvalue())
    return out.getvalue()


xls("74-wrong-extensions", "sore.xlsx", [("S", [["user_phone", "user_name"], ["+62 812 3456 7802", "Siti"], [6281234567801, None]])])
whole = io.BytesIO()
book(("S", [["user_phone", "user_name"]] + [[f"628123456{7800 + i}", f"Nasabah {i}"] for i in range(1, 60)])).save(whole)
raw("75-cut-workbook", "unduhan.xlsx", rezip(whole.getvalue())[:3000])
text("76-header-only", "kosong.csv", ["no_wa,nama,no_pesanan,tagihan"])
raw("77-empty-file", "kosong.csv", b"")


def cfb(streams):
    """A compound file with streams of 4096 bytes and more."""
    import struct
    fat, entries, body, at_sector = [0xFFFFFFFD, 0xFFFFFFFE], [], b"", 2
    def entry(name, kind, start, size, child=0xFFFFFFFF, right=0xFFFFFFFF):
        n = name.encode("utf-16-le") + b"\0\0"
        return n.ljust(64, b"\0") + struct.pack("<HBBIII", len(n), kind, 1, 0xFFFFFFFF, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
    for i, (name, data) in enumerate(streams):
        count = len(data) // 512
        entries.append(entry(name, 2, at_sector, len(data), right=i + 2 if i + 1 < len(streams) else 0xFFFFFFFF))
        fat += [at_sector + k + 1 for k in range(count - 1)] + [0xFFFFFFFE]
        at_sector += count
        body += data
    dirs = (entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + b"".join(entries)).ljust(512, b"\0")
    fats = struct.pack("<128I", *(fat + [0xFFFFFFFF] * (128 - len(fat))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return (head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)) + fats + dirs + body


import hashlib, struct
noise = b"".join(hashlib.sha256(bytes([i, j])).digest() for i in range(2) for j in range(128))
raw("78-password-xlsx", "rahasia.xlsx", cfb([("EncryptionInfo", b"\x04\0\x04\0\x40\0\0\0<?xml version=\"1.0\"?><encryption/>".ljust(4096, b"\0")), ("EncryptedPackage", struct.pack("<Q", 8000) + noise[8:])]))

# 80 to 83 -- other workbooks
xls("80-old-excel", "名单.xls", [
    ("四月", [["2026年4月 名单"], ["手机号码", "客户姓名", "坐席", "订单号", "应还金额（元）", "到期日", "放款时间"],
            [8613800138001, "王小明", "incs_1", 1001, 1500.5, (D(2026, 4, 15), "yyyy-mm-dd"), (T(2026, 3, 1, 10, 20, 30), "yyyy-mm-dd hh:mm:ss")],
            [None, None, None, 1002, (3000, "#,##0.00"), 46117, "2026-03-10 14:30"],
            ["138 0013 8002", "李雷", "incs_2", "B-1", "￥99.90", (D(2026, 4, 20), "dd/mm/yyyy")],
            [8613800138003, "韩梅梅", "incs_1", "C-1", (D(2026, 4, 20), "dd/mm/yyyy")],
            ["合计", None, None, None, 4600.4]], {"merge": [(2, 3, 0, 0), (2, 3, 1, 1), (2, 3, 2, 2)]}),
    ("旧", [["手机号码", "客户姓名"], [8613800138009, "张三"]], {"visibility": 1})])
xls("81-old-excel-1904", "mac.xls", [("Data", [["phone", "customer name", "order id", "due date", "loan time"],
    ["+62 812 3456 7801", "Budi", "A1", (D(2026, 4, 15), "yyyy-mm-dd"), (T(2026, 3, 1, 23, 59, 59), "m/d/yy h:mm")],
    ["+62 812 3456 7802", "Siti", "B1", S1904(2026, 4, 5), None],
    ["+62 812 3456 7803", "Joko", "C1", 20260405, "1 Maret 2026"]])], epoch1904=True)


def ods():
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableRow, TableCell, CoveredTableCell
    from odf.text import P as Par, S as Space
    from odf.office import Annotation
    doc = OpenDocumentSpreadsheet()

    def cell(kind=None, value=None, shown=None, repeat=None, rows=None):
        a = {}
        if kind:
            a["valuetype"] = kind
            if kind == "date":
                a["datevalue"] = value
            elif kind == "boolean":
                a["booleanvalue"] = value
            elif kind != "string":
                a["value"] = value
            if kind == "currency":
                a["currency"] = "IDR"
        if repeat:
            a["numbercolumnsrepeated"] = repeat
        if rows:
            a["numberrowsspanned"], a["numbercolumnsspanned"] = rows, 1
        c = TableCell(**a)
        for line in ([] if shown is None and kind != "string" else (shown or value).split("\n")):
            c.addElement(Par(text=line))
        return c

    def row(table, *cells, **a):
        r = TableRow(**a)
        for c in cells:
            r.addElement(c)
        table.addElement(r)

    s = lambda t, **k: cell("string", t, **k)
    t = Table(name="Tagihan")
    row(t, *[s(h) for h in ["No HP\n(WhatsApp)", "Nama", "Petugas", "No Pesanan", "Jumlah Pinjaman", "Jumlah\nTagihan", "Jatuh Tempo", "Waktu Pinjaman"]])
    name = TableCell(valuetype="string", numberrowsspanned=2, numbercolumnsspanned=1)
    note = Annotation()
    note.addElement(Par(text="telepon sore"))
    name.addElement(note)
    p = Par(text="Budi")
    p.addElement(Space(c=1))
    p.addText("Santoso")
    name.addElement(p)
    row(t, s("0812-3456-7801", rows=2), name, s("incs_1", rows=2), cell("float", "1001", "1.001"), cell("currency", "1500.5", "Rp1.500,50", repeat=2),
        cell("date", "2026-04-15", "15/04/26"), cell("date", "2026-03-01T10:20:30", "01/03/26 10:20"))
    row(t, CoveredTableCell(numbercolumnsrepeated=3), cell("float", "1002", "1.002"), cell("float", "3000", "3.000", repeat=2), cell("date", "2026-04-20", "20/04/26"), s("10 Maret 2026 14:30"))
    row(t, TableCell(numbercolumnsrepeated=8), numberrowsrepeated=2)
    row(t, cell("float", "6281234567802", "6,28E+12"), s("Siti"), s("incs_2"), s("B1"), TableCell(), s("Rp 2.000.000"), cell("date", "2026-04-20T23:59:59", "20/04/26"), numberrowsrepeated=2)
    row(t, s("081234567803"), s("Joko"), s("incs_1"), s("C1"), TableCell(), cell("boolean", "true", "BENAR"))
    row(t, TableCell(numbercolumnsrepeated=1024), numberrowsrepeated=1048560)
    doc.spreadsheet.addElement(t)
    n = Table(name="Catatan")
    row(n, s("dibuat 1 April"))
    doc.spreadsheet.addElement(n)
    out = io.BytesIO()
    doc.write(out)
    raw("82-libreoffice", "tagihan.ods", rezip(out.getvalue()))


ods()


def far_away():
    wb = book(("Data", [["no_wa", "nama", "no_pesanan", "tagihan"], ["081234567801", "Budi", "A1", 100], ["081234567802", "Siti", "B1", 200]]))
    ws = wb["Data"]
    ws["XFD1048576"].number_format = "0.00"
    ws["D1000000"].value = " "
    ws["B500"].number_format = "0.00"
    out = io.BytesIO()
    wb.save(out)
    raw("83-far-away-cells", "jauh.xlsx", rezip(out.getvalue()))


far_away()
xlsx("84-merged-cells", "gabung.xlsx", ("S", [["no_wa", "nama", "no_pesanan", "tagihan"],
     ["081234567801", "Budi", "A1", 1000], [None, None, "A2", None], ["081234567802", "Joko", "B1", 5], [None, "Joko Widodo", "B2", 6],
     ["081234567803", "Siti", "C1", 7], [None, None, "C2", 8]], {"merge": ["A2:A3", "B2:B3", "D2:D3", "A4:A5", "A6:A7"]}))

# 85 to 94 -- order, flags, separators
text("85-interleaved", "acak.csv", ["user_phone,user_name,order_number,due_amount", "6281234567802,,B1,1", "6281234567801,Budi,,", "6281234567802,Siti,B2,2", "6281234567803,Joko,,", "6281234567801,,A1,3",
     "6281234567804,Rina,,", "6281234567804,Rina,,"])
text("86-flags-fill-blanks", "list.csv", ["user_phone,name,description,assignee_username,auth_id,module_id", "6281234567801,Khusus,catatan,incs_7,40000,019d3dcd-0000-7000-8000-000000000002",
     "6281234567802,,,,,", "6281234567803,,,,abc,", "6281234567804,,,,30058.5,", "6281234567802,,,,,"])
text("87-bare-international", "wa.csv", ["no_wa,nama", "6591234567,Tan", "081234567801,Budi", "81234567,Lim", "+1 202 555 0141,Ann", "6281234567802,Siti"])
text("88-sep-line", "ekspor.csv", ["sep=;", "no_wa;nama;no_pesanan;tagihan", "081234567801;Budi;A1;1.500,5", "081234567802;Siti;B1;3.000"], eol="\r\n")
text("89-settings-file", "atur.toml", ['country_code = "62"', "auth_id = 30058", 'name = "Tagihan"', 'assignee = "incs_1"', 'decimal_separator = "."', "", "[profile.koma]", 'decimal_separator = ","', 'name = "Dari profil"'])
text("89-settings-file", "list.csv", ["no_wa;no_pesanan;tagihan", "081234567801;A1;3.000", "081234567802;B1;3,5"])
text("90-commas-in-cells", "catatan.csv", ["no_wa;nama;keterangan;tagihan", "081234567801;Budi;a, b, c, d, e, f;12,5", "081234567802;Siti, Ny;x, y, z, q, r;1.000.000"])
text("91-order-phone-in-orders", "users.csv", ["user_id,user_phone,user_name", "u1,081234567801,Budi", "u2,081234567802,Siti"])
text("91-order-phone-in-orders", "orders.csv", ["user_id,order_number,phone_number,due_amount", "u1,A1,0811 000 111,10", "u2,B1,081234567801,20", "u1,A2,,30"])

# 92 to 94 -- where filling down ends, grouped orders
xlsx("92-fill-down-ends", "minggu.xlsx", ("Senin", [["no_wa", "nama", "no_pesanan", "tagihan"], ["+62 812 3456 7801", "Budi", "A1", 1]]),
     ("Selasa", [["no_wa", "nama", "no_pesanan", "tagihan"], [None, None, "A2", 5], ["+62 812 3456 7802", "Siti", "B1", 1], ["12", "Joko", "C1", 7], [None, None, "C2", 8]]))
for c in ("93-grouped-orders", "94-grouped-orders-not-filled"):
    xlsx(c, "grup.xlsx", ("Users", [["user_id", "user_phone", "user_name"], ["u1", "6281234567801", "Budi"], ["u2", "6281234567802", "Siti"], ["Jumlah 2"]]),
         ("Orders", [["user_id", "order_number", "due_amount"], ["u1", "A1", 1], [None, "A2", 2], ["u2", "B1", 3], [None, "B2", 4], ["Total", None, 10]], {"merge": ["A2:A3"]}))

# 95 to 100 -- headers
for c, n in (("95-header-in-row-20", 19), ("96-header-in-row-21", 20)):
    text(c, "laporan.csv", [f"keterangan {i}" for i in range(n)] + ["no_wa;nama;tagihan", "0812-3456-7801;Budi;12,5", "0812-34;;1"])
xlsx("97-two-header-rows", "grup.xlsm", ("Data", [["Data Nasabah", None, None, "Data Pesanan"], ["Nomor Telepon", "Nama Pelanggan", "Deskripsi", "No. Pesanan", "Jumlah  Pinjaman (Rp)", "Jumlah-Tagihan*", "Tanggal Jatuh Tempo"],
     ["0812-3456-7801", "Budi", "Rp", "A-1", 1000000, "1.500.000", D(2026, 4, 15)], ["0812-3456-7801", "Budi", "Rp", "A-2", None, "0", "15 April 2026"]], {"merge": ["A1:C1", "D1:G1"]}))
text("98-one-column", "nomor.csv", ["No HP", "0812-3456-7801", "+62 812 3456 7802", "081234567801", "  ", "081234567803.0"], eol="\r\n")
text("99-open-quote", "kutip.csv", ["no_wa,nama,no_pesanan", '+6281234567801,"Budi,A1', "+6281234567802,Siti,B1", "+6281234567803,Joko,C1"])
text("100-column-without-name", "catatan.csv", ["no_wa,nama,,", "+6281234567801,Budi,sudah,", "+6281234567802,Siti,,x"])

# 101 to 108
text("101-twice-across-files", "a.csv", ["user_phone,order_number,due_amount", "6281234567801,A1,10", "6281234567802,,5", "6281234567802,,5"])
text("101-twice-across-files", "b.csv", ["user_phone;order_number;due_amount", "+62 812 3456 7801;A1;11", "6281234567802;;5", "6281234567803;C1;7"])
xlsx("102-total-column-errors", "total.xlsx", ("Data", [["No HP", "Nomor Pesanan", "Jumlah Tagihan", "Total"], ["081234567801", "A1", 3000, "3.000"], ["081234567802", "B1", 1, 5000], ["081234567802", "B2", 1, 6000],
     ["081234567803", "C1", 5, "-5"], ["081234567804", "D1", 5.25], ["081234567805", "E1", 1, "Rp 2.500,00"], ["081234567806", "F1", (0.05, "0%"), 7], [None, "Total", None, 18000], ["Total", None, None, 18007]]))
text("103-order-phone-beside", "pinjaman.csv", ["No HP,phone_number,Nama,username,No Pesanan", "081234567801,0811-1,Budi,Ibu Budi,A1", "6281234567801,0811-2,Budi,,A2"])
text("104-template-too-long", "nama.csv", ["no_wa,nama", f"+6281234567801,{'B' * 248}", f"+6281234567802,{'S' * 249}"])
text("105-flag-without-effect", "tugas.csv", ["no_wa,name,assignee", "+6281234567801,Promo,incs_5", "+6281234567802,Promo,incs_6"])
xlsx("106-strict-with-warnings", "hangat.xlsx", ("Data", [["no_wa", "nama", "no_pesanan", "tagihan", "Cabang"], ["+62 812 3456 7801", "Budi", "A1", 5, "Bogor"], ["+62 812 3456 7801", "Budi", "A1", 5, "Depok"], ["+62 812 3456 7802", "Siti"],
     ["+62 812 3456 7803", "Joko", None, 2], ["+62 812 3456 7803", "Joko", None, 2], ["Jumlah", None, None, 14]]))
by_hand("107-number-notation", "angka.xlsx", "<sheetData>" + '<row r="1">' + "".join(
    f'<c r="{c}1" t="inlineStr"><is><t>{h}</t></is></c>' for c, h in zip("ABCD", ["user_phone", "order_number", "due_amount", "next_due_date"])) + "</row>" + "".join(
    f'<row r="{r}"><c r="A{r}"><v>{a}</v></c><c r="B{r}"><v>{b}</v></c><c r="C{r}"><v>{c}</v></c><c r="D{r}"><v>{d}</v></c></row>' for r, a, b, c, d in [
        (2, "6.281234567801E+12", "1.23E+5", "1E-2", "46117"), (3, "6281234567802.0", "0012", "1500.10", "4.6117E4"), (4, "6.281234567803E12", "7.0", "2.675", "46117.999"),
        (5, "6281234567804.4", "1", "1", "46117"), (6, "6281234567805", "1.5E16", "1", "46117")]) + "</sheetData>")
text("109-pipe-named", "pipa.txt", ["no_wa|nama|tagihan, rupiah", "081234567801|Budi, S|1,5", "081234567802|Siti, Ny|2,5"])
text("110-few-chinese-names", "客户.csv", ["user_phone,user_name,order_number", "+8613800138001,王伟,A1", "+8613800138002,李娜,B1", "+8613800138003,张敏,C1"], enc="gb18030")


def password_xls():
    wb = xlwt.Workbook()
    ws = wb.add_sheet("S")
    for r in range(60):
        ws.write(r, 0, "user_phone" if not r else f"628123456{7800 + r}")
        ws.write(r, 1, "user_name" if not r else f"Nasabah {r}")
    data = wb.get_biff_data()
    data = data[:20] + struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + noise[:48] + data[20:]
    raw("111-password-xls", "rahasia.xls", cfb([("Workbook", data.ljust(-(-max(len(data), 4096) // 512) * 512, b"\0"))]))


password_xls()
text("112-fix-workbook", "perbaiki.csv", ["No HP;Nama;No Pesanan;Tagihan;Cabang", "0812-3456-7801;Budi;A1;1000;Bogor", "0812-3456-7801;Budi;A2;3.000;Bogor", "0812-3456-7802;Siti;B1;5;Depok", "12345;Joko;C1;7;Depok",
     "0812-3456-7803;Rina;D1;=1+1;Bogor", "Total;;;4012;"])
for c in ("108-sheet-not-there", "114-sheets-by-name"):
  xlsx(c, "banyak.xlsx",
     ("Nasabah", [["id_pelanggan", "no_wa", "nama"], [1, "+62 812 3456 7801", "Budi"], [2, "+62 812 3456 7802", "Siti"]]),
     ("Lain", [["no_wa", "nama", "no_pesanan", "tagihan"], ["+62 812 3456 7809", "Hadi", "Z1", 1]]),
     ("Pesanan", [["id_pelanggan", "no_pesanan", "tagihan"], [2, "B1", 20], [1, "A1", 10]]))

# 115 to 118 -- what belongs to the row above
H = ["no_wa", "nama", "no_pesanan", "tagihan"]
HID = [H, ["+62 812 3456 7801", "Budi", "A1", 1], ["+62 812 3456 7802", "Siti", "B1", 2], [None, None, "B2", 3]]
xlsx("115-hidden-then-fill-down", "filter.xlsx", ("Data", HID, {"hide": [3]}))
xlsx("116-hidden-then-merged", "filter.xlsx", ("Data", HID, {"hide": [3], "merge": ["A3:A4", "B3:B4"]}))
xlsx("117-below-broken-phones", "rusak.xlsx", ("Data", [H, ["+62 812 3456 7801", "Budi", "A1", 1], ["#N/A", "Siti", "B1", 2], [None, None, "B2", 3], [6281234567890123, "Joko", "C1", 4], [None, None, "C2", 5]]))
text("118-below-ragged-row", "koma.csv", ["no_wa,nama,no_pesanan,tagihan", "+6281234567801,Budi,A1,1", "+6281234567802,Siti,B1,1,250.50", ",,B2,3"])

# 119 to 123 -- more workbooks
by_hand("119-formula-blanks", "isi.xlsx", '<sheetData><row r="1">' + "".join(f'<c r="{c}1" t="inlineStr"><is><t>{h}</t></is></c>' for c, h in zip("ABC", ["user_phone", "user_name", "due_amount"])) + "</row>"
    '<row r="2"><c r="A2" t="inlineStr"><is><t>6281234567801</t></is></c><c r="B2" t="str"><f>X2</f><v></v></c><c r="C2"><f t="shared" si="0" ref="C2:C4">X2</f><v>5</v></c></row>'
    '<row r="3"><c r="A3" t="str"><f>X3</f><v></v></c><c r="B3" t="str"><f>X3</f><v></v></c><c r="C3" t="str"><f t="shared" si="0"/><v></v></c></row>'
    '<row r="4"><c r="A4" t="inlineStr"><is><t>6281234567802</t></is></c><c r="C4"><f t="shared" si="0"/></c></row>'
    '<row r="5"><c r="A5" t="str"><f>X5</f></c><c r="C5"><v>7</v></c></row>'
    '<row r="6"><c r="A6" t="str"><f>X6</f><v></v></c><c r="B6" t="str"><f>X6</f><v></v></c><c r="C6" t="str"><f t="shared" si="0"/><v></v></c></row></sheetData>')
by_hand("120-strict-workbook", "ketat.xlsx", '<sheetData><row r="1">' + "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABCD")) + "</row>"
    '<row r="2"><c r="A2"><v>6281234567801</v></c><c r="B2" t="s"><v>4</v></c><c r="C2" t="d"><v>2026-04-15T00:00:00</v></c><c r="D2"><v>1500.50</v></c></row></sheetData>', strict=True,
    shared="".join(f"<si><t>{t}</t></si>" for t in ["nomor_wa", "nama", "jatuh_tempo", "tagihan", "Budi"]))


def with_chart():
    wb = book(("Data", [H, ["+62 812 3456 7801", "Budi", "A1", 1], ["+62 812 3456 7802", "Siti", "B1", 2]]), ("Catatan", [["lihat grafik"]]))
    from openpyxl.chart import BarChart, Reference
    chart = BarChart()
    chart.add_data(Reference(wb["Data"], min_col=4, min_row=1, max_row=3), titles_from_data=True)
    wb.create_chartsheet("Grafik", 0).add_chart(chart)
    out = io.BytesIO()
    wb.save(out)
    raw("121-chart-first", "grafik.xlsx", rezip(out.getvalue()))


with_chart()
xls("122-long-remarks-xls", "备注.xls", [("S", [["用户手机号", "用户姓名", "备注"]] + [[f"+86 138 0013 80{i:02d}", f"客户{i}" if i % 2 else f"Nasabah {i}", (f"第{i}次联系，" * 30 if i % 3 else f"kontak ke-{i}, " * 15).strip()] for i in range(1, 31)])])
xlsx("123-users-row-error", "dua.xlsx", ("Users", [["user_phone", "user_name", "auth_id", "description"], ["6281234567801", "Budi", "x"], ["6281234567802", "Siti", 5], ["6281234567803", "Joko", 5, "j" * 257]]),
     ("Orders", [["user_phone", "order_number", "due_amount"], ["6281234567801", "A1", 1], ["6281234567802", "B1", 2], ["+62 812 3456 7801", "A2", 3], ["6281234567803", "C1", 4], ["Total", None, 10]]))

# 124 to 131
text("124-zeros-that-stay", "afrique.csv", ["phone,customer name", "+225 07 08 12 34 56,Awa", "00225 01 02 03 04 05,Koffi", "+242 06 612 34 56,Jean", "+39 06 6982 1234,Anna"])
text("125-blank-must-fields", "kosong.csv", ["no_wa,name,assignee,auth_id,nama", "+6281234567801,T,incs_1,30058,Budi", "+6281234567802,,incs_1,30058,Siti", "+6281234567803,T,,30058,Joko", "+6281234567804,T,incs_1,,Rina", "+6281234567801,,,,"])
text("126-map-before-alias", "kolom.csv", ["no_wa,no_pesanan,Total,tagihan", "+6281234567801,A1,100,7", "+6281234567802,B1,50.5,8"])
text("127-total-in-ignored-column", "nomor.csv", ["No,no_wa,nama,no_pesanan,tagihan", "1,+6281234567801,Budi,A1,5", "2,+6281234567802,Siti,B1,6", "TOTAL : 2,,,,11"])
text("128-odd-characters", "aneh.csv", 'no_wa;nama;keterangan\n+6281234567801;"Budi ""Si\\nga"" </b>";"a\tb;\\u0041 {user_name} 50%"\n+6281234567802;\x1b[31mSiti\x7f;😀 -1+1\n')
text("129-curly-apostrophes", "nama.csv", ["no_wa;nama;keterangan", "+6281234567801;Ma’ruf;besok", "+6281234567802;Nur’aini;lusa", "+6281234567803;Syafi’i;“Jum’at” – siang"], enc="cp1252")
text("130-two-short-names", "客户.csv", ["no_wa,nama", "+8613800138001,王伟", "+8613800138002,李娜"], enc="gb18030")
text("131-three-encodings", "a.csv", ["手机号,姓名,备注", "+8613800138001,王小明,客户说下周一还款", "+8613800138002,赵丽颖,已短信提醒两次"], enc="gb18030")
text("131-three-encodings", "b.csv", ["phone;customer name;remark", "+34612345678;José Peña;llamará mañana", "+8613800138001;;"], enc="cp1252")
text("131-three-encodings", "c.tsv", ["phone\tcustomer name\tremark", "+49 1512 3456789\tJürgen\tspäter", "+8613800138002\t赵丽颖\t再联系"])

# 132 to 138 -- OpenOffice cells, number formats, columns of one name
ODS_NS = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in
                  [("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("number", "datastyle")])


def ods_by_hand(case, name, *tables):
    """Tables as (name, hidden, rows of raw cells)."""
    style = '<office:automatic-styles>' + "".join(f'<style:style style:name="ta{i}" style:family="table"><style:table-properties table:display="{d}"/></style:style>'
                                                   for i, d in enumerate(["true", "false"])) + "</office:automatic-styles>"
    body = "".join(f'<table:table table:name="{n}" table:style-name="ta{int(hidden)}">' + "".join("<table:table-row>" + "".join(r) + "</table:table-row>" for r in rows) + "</table:table>"
                   for n, hidden, rows in tables)
    raw(case, name, zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NS} office:version="1.2">{style}<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>'}))


def oc(v, kind="string", shown=None, formula=None):
    f = f' table:formula="{formula}"' if formula else ""
    if v is None:
        return "<table:table-cell/>"
    if kind == "string":
        return f'<table:table-cell{f} office:value-type="string"><text:p>{v}</text:p></table:table-cell>'
    a = {"boolean": "boolean-value", "time": "time-value", "date": "date-value"}.get(kind, "value")
    return f'<table:table-cell{f} office:value-type="{kind}" office:{a}="{v}"><text:p>{shown if shown is not None else v}</text:p></table:table-cell>'


OH = [oc(h) for h in H]
ods_by_hand("132-openoffice-errors", "rumus.ods", ("Data", False, [OH,
    [oc("+62 812 3456 7801"), oc("Budi"), oc("A1"), oc("0", "float", "#DIV/0!", "of:=1/0")],
    [oc("+62 812 3456 7802"), oc("Siti"), oc("B1"), oc("0", "float", "#N/A", "of:=VLOOKUP([.A3];[.X1:.Y9];2;0)")],
    [oc("+62 812 3456 7803"), oc("#REF!", formula="of:=#REF!"), oc("C1"), oc("5", "float")],
    [oc("+62 812 3456 7804"), oc("Rina"), oc("D1"), oc("0", "float", "0", "of:=1-1")]]))
ods_by_hand("133-ods-kinds-of-cells", "jenis.ods", ("Data", False, [OH,
    [oc("6.281234567801E+12", "float", "6,28E+12"), oc("12", "float"), oc("0.1", "float"), oc("1500.50", "currency", "Rp1.500,50")],
    [oc("+62 812 3456 7802"), oc("Siti"), oc("B1"), oc("0.05", "percentage", "5%")],
    [oc("+62 812 3456 7803"), oc("true", "boolean", "BENAR"), oc("C1"), oc("PT10H30M00S", "time", "10:30")],
    [oc("+62 812 3456 7804"), oc("Rina"), oc("1234567890123456", "float"), oc("7", "float")],
    [oc("2026-04-05", "date", "05/04/26"), oc("Dewi"), oc("E1"), oc("7", "float")]]), ("Lama", True, [OH, [oc("+62 812 3456 7809"), oc("Hadi"), oc("Z1"), oc("9", "float")]]))
xls("134-xls-kinds-of-cells", "jenis.xls", [("Data", [H + ["jatuh_tempo"],
    [6281234567801, 12, 0.1, (1500.5, '"Rp" #,##0.00'), (46117, "[$-409]d-mmm-yy;@")],
    ["+62 812 3456 7802", "Siti", "B1", (0.05, "0%")],
    ["+62 812 3456 7803", True, "C1", (0.4375, "hh:mm")],
    ["+62 812 3456 7804", "Rina", 1234567890123456, 7],
    [(D(2026, 4, 5), "dd/mm/yyyy"), "Dewi", "E1", 7],
    ["+62 812 3456 7806", "Agus", "F1", (46117, '"hari" 0'), (20260405, "0000-00-00")]])])
xlsx("135-zero-padded-phones", "nol.xlsx", ("Data", [["Telepon", "Nama"], ["0812-3456-7801", "Budi"], [(8123456789, "000000000000"), "Siti"], [(812345678, "00000000000"), "Joko"]]))
xlsx("136-zero-padded-ids", "id.xlsx", ("Users", [["user_id", "user_phone"], [(123, "00000"), "6281234567801"], [124, "6281234567802"]]),
     ("Orders", [["user_id", "order_number"], [123, "A1"], ["123", "A2"], [(124, "00000"), "B1"]]))
text("137-map-to-two-columns", "dua.csv", ["Kontak,Kontak,Nasabah", "+62 21 1234 5678,+62 812 3456 7801,Budi", "+62 21 1234 5679,+62 812 3456 7802,Siti"])
xlsx("138-two-keys", "kunci.xlsx", ("Users", [["user_id", "user_phone", "user_name"], [1, "+62 812 3456 7801", "Budi"], [2, "6281234567802", "Siti"]]),
     ("Lama", [["user_id", "order_number", "due_amount"], [2, "B1", 10], [1, "A1", 20]]), ("Baru", [["user_phone", "order_number", "loan_amount"], ["+62 812-3456-7801", "A2", 30]]))
xlsx("139-corrected-workbook", "fix.xlsx", ("Users", [["_problem", "user_phone", "user_name"], [None, "6281234567801", "Budi"], ["withheld", "6281234567802", "Siti"]]),
     ("Orders", [["_problem", "user_phone", "user_name", "order_number", "due_amount"], [None, "6281234567801", "Budi ", "A1", "0.1"], [None, "6281234567801", None, "A2", "0.2"],
                 ["conflict: user_name", "6281234567802", "Siti B", "B1", 5], ["bad-amount", "6281234567801", None, "A3", "99999999999999.99"]]))
by_hand("140-values-under-a-merge", "gabung.xlsx", '<sheetData><row r="1">' + "".join(f'<c r="{c}1" t="inlineStr"><is><t>{h}</t></is></c>' for c, h in zip("ABCD", H)) + "</row>" + "".join(
    f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{p}</t></is></c><c r="B{r}" t="inlineStr"><is><t>{n}</t></is></c><c r="C{r}" t="inlineStr"><is><t>{o}</t></is></c><c r="D{r}"><v>{r}</v></c></row>'
    for r, p, n, o in [(2, "+62 812 3456 7801", "Budi", "A1"), (3, "+62 812 3456 7802", "Siti", "A2"), (4, "+62 812 3456 7803", "Joko", "B1"), (5, "+62 812 3456 7803", "Joko", "B2")])
    + '</sheetData><mergeCells count="4"><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="A4:A5"/><mergeCell ref="B4:B5"/></mergeCells>')

# 141 to 143 -- what a fix workbook is made of
xlsx("141-fix-two-sheets", "april.xlsx", ("Pelanggan", [["Daftar pelanggan"], ["No HP", "Nama", "Petugas"], [6281234567801, "Budi", "incs_1"], ["0812-3456-7802", "Siti", "incs_2"]]),
     ("Pesanan", [["No HP", "Nomor Pesanan", "Jumlah Tagihan"], ["081234567801", "A1", 1000], ["081234567802", "B1", "3.000"], ["081234567802", "B2", 5]]), ("Catatan", [["x"]]))
xlsx("142-fix-merged", "gabung.xlsx", ("Data", [["LAPORAN"], ["No"] + H, [1, "0812-3456-7801", "Budi", "A1", 10], [2, "0812-3456-7802", "Siti", "B1", 20], [3, None, None, "B2", "dua"], [4, "0812-3456-7803", "Joko", "C1", 30]],
     {"merge": ["A1:E1", "B4:B5", "C4:C5"]}))
xlsx("143-fix-1904", "mac.xlsx", ("Data", [["user_phone", "order_number", "due_amount", "next_due_date", "confirm_loan_time"], ["6281234567801", "A1", 10, D(2026, 4, 15), T(2026, 3, 1, 10, 20, 30)],
     ["6281234567802", "B1", -5, D(2026, 4, 15), T(2026, 3, 1, 10, 20, 30)], ["6281234567802", 12345678901234, 0.5, (S1904(2026, 4, 5), "General"), None]]), epoch1904=True)


# 144 -- a binary workbook, by hand
def xlsb(case, name, rows, merges=(), sheet="Data"):
    def rec(kind, body=b""):
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        n, size = len(body), b""
        while True:
            size += bytes([n & 0x7F | (0x80 if n > 0x7F else 0)])
            n >>= 7
            if not n:
                return head + size + body
    wide = lambda t: struct.pack("<I", len(t)) + t.encode("utf-16-le")
    formats = {"": 0, "date": 1, "percent": 2, "own": 3}
    xf = lambda fmt: struct.pack("<HHHHHBBHH", 0, fmt, 0, 0, 0, 0, 0, 0x1000, 1)
    styles = (rec(278) + rec(615, struct.pack("<I", 1)) + rec(44, struct.pack("<H", 164) + wide('yyyy"年"m"月"d"日"')) + rec(616)
              + rec(617, struct.pack("<I", 4)) + b"".join(rec(47, xf(f)) for f in (0, 14, 9, 164)) + rec(618) + rec(279))
    data = rec(129) + rec(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + rec(145)
    for r, row in enumerate(rows):
        data += rec(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
        for c, v in enumerate(row):
            v, fmt = v if isinstance(v, tuple) else (v, "")
            cell = struct.pack("<II", c, formats[fmt])
            if v is None:
                continue
            if fmt == "" and isinstance(v, bytes):
                data += rec(3, cell + v)
            elif isinstance(v, bool):
                data += rec(4, cell + bytes([v]))
            elif isinstance(v, str):
                data += rec(6, cell + wide(v))
            else:
                data += rec(5, cell + struct.pack("<d", v))
    data += rec(146)
    if merges:
        data += rec(177, struct.pack("<I", len(merges))) + b"".join(rec(176, struct.pack("<IIII", *m)) for m in merges) + rec(178)
    data += rec(130)
    book_ = rec(131) + rec(153, struct.pack("<II", 0, 0) + wide("")) + rec(143) + rec(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(sheet)) + rec(144) + rec(132)
    R, PK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://schemas.openxmlformats.org/package/2006/"
    raw(case, name, zipped({
        "[Content_Types].xml": f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PK}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
        '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/></Types>',
        "_rels/.rels": f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PK}relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": book_,
        "xl/_rels/workbook.bin.rels": f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PK}relationships"><Relationship Id="rId1" Type="{R}/worksheet" Target="worksheets/sheet1.bin"/>'
        f'<Relationship Id="rId2" Type="{R}/styles" Target="styles.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": data, "xl/styles.bin": styles}))


xlsb("144-binary-workbook", "data.xlsb", [H + ["jatuh_tempo"],
     [6281234567801, "Budi", 1001, 1500.5, (46117, "date")],
     [None, None, "A2", 3000, "5 April 2026"],
     ["+62 812 3456 7802", "Siti", "B1", (0.05, "percent")],
     ["+62 812 3456 7803", b"\x2a", "C1", 7],
     ["+62 812 3456 7804", "Rina", "D1", (46117, "own")],
     ["+62 812 3456 7805", "Dewi", "E1", True],
     ["Total", None, None, 4507.5]], merges=[(1, 2, 0, 0), (1, 2, 1, 1)])
