# 列表中的问题及其修正办法。提示的名称是在对应句子的名称后加 "-hint"。


## 位置

problem-place-row = 第 { $row } 行
problem-place-line = 第 { $line } 行
problem-place-column = 第 { $number } 列
problem-quoted = “{ $text }”
problem-some-value = 值
problem-country-unknown = 未知

## 列、表头和工作表

problem-missing-column = 没有 { $field } 列，也没有参数给出该值
problem-missing-column-hint = 请用 { $map } 指定该列
problem-missing-column-or-flag-hint = 请用 { $map } 指定该列，或用 { $flag } 为所有用户统一指定
problem-required-column = 没有 { $field } 列
problem-unclear-column = 列“{ $value }”可能是 { $like }，而 { $like } 还没有对应的列
problem-unclear-column-several = 列“{ $value }”可能是以下字段之一：{ $fields }；它们还没有对应的列
problem-unclear-column-hint = 请说明它是什么：{ $map }，或 --ignore { $column }
problem-duplicate-column = 列“{ $value }”和列 { $first } 都对应 { $field }
problem-duplicate-column-hint = 请只保留其中一列：--ignore { $column }
problem-duplicate-column-or-people-hint = 请只保留其中一列：--ignore { $column }；如果“{ $people }”是用户的姓名，则用 { $map }
problem-mapped-twice = 列“{ $value }”同时被指定为 { $field } 和 { $other }
problem-mapped-twice-hint = 请为每个字段指定不同的列
problem-no-header = 没有表头：前 20 行中没有手机号列
problem-no-header-hint = 请用 --header-row N 指定表头行，或用 --map user_phone=COLUMN 指定手机号列
problem-no-phone-column = 没有表头：第 { $row } 行像是表头（可识别 { $count } 列），但没有手机号列
problem-no-phone-column-hint = 请增加手机号列，或用 { $map } 指定
problem-no-phone-column-one-hint = 如果“{ $column }”就是手机号：{ $map }
problem-no-phone-column-several-hint = 请说明其余各列（{ $columns }）中哪一列是手机号：{ $map }
problem-no-user-phone-column = 没有表头：第 { $row } 行像是表头（可识别 { $count } 列），但没有用户手机号列
problem-no-user-phone-column-hint = “{ $column }”是订单的手机号；如果它就是用户的手机号：{ $map }
problem-no-mapped-column = 没有表头：前 20 行中没有 --map 为 { $field } 指定的列“{ $value }”
problem-no-mapped-column-hint = 请指定现有的列（{ $columns }）：{ $map }
problem-phone-only = 没有表头：有手机号列的那一行里没有其他可识别的列
problem-phone-only-hint = 请用 --map FIELD=COLUMN 指定其他列，或用 --header-row N 说明该行就是表头
problem-no-order-columns = 订单表中没有任何订单列
problem-no-order-columns-hint = 请指定其中的列，例如 --map order_number=COLUMN
problem-mixed-sheets = 工作表 { $sheets } 不能合在一起读取
problem-mixed-sheets-hint = 请用 --sheet NAME 选择，或用 --all-sheets 全部读取
problem-poor-join = { $orders } 个订单中有 { $orphans } 个在另一张工作表中找不到用户，因此这些工作表不是一套数据
problem-poor-join-hint = 请用 --sheet NAME 选择其中一张
problem-not-there = 这里没有 { $flag } 指定的 { $value }
problem-no-such-row = 这里没有 --header-row 指定的第 { $row } 行：一共只有 { $count } 行
problem-nothing-in-row = --header-row 指定的第 { $row } 行没有内容
problem-no-such-row-hint = 请给出列名所在的行号，从 1 数起；文本文件则给出该行开始处的行号
problem-no-such-sheet = 这里没有 # 之后指定的 { $value }
problem-no-such-sheet-hint = 请指定现有的工作表：{ $sheets }
problem-sheet-in-other-case-hint = 名称区分大小写和空格：{ $sheet }
problem-not-there-hint = 请核对名称；check 命令会列出现有的内容
problem-unknown-column = 列“{ $value }”不是已知字段，已忽略
problem-unknown-column-hint = 如果它是某个字段：--map FIELD={ $column }；否则用 --ignore { $column } 不再提示
problem-nameless-column = 第 { $column } 列有数据但没有列名，已忽略
problem-ignored-sheet = 该工作表没有同时含手机号列和其他已知列的表头，已忽略
problem-ignored-sheet-hint = 如果需要读取，请用 --header-row N 指定表头
problem-ignored-hidden-sheet = 该工作表已隐藏，已忽略
problem-ignored-hidden-sheet-hint = 如果需要读取，请用 --sheet NAME 指定
problem-data-above-header = “{ $value }”位于第 { $header } 行的表头之上，它所在的行将不会被读取
problem-data-above-header-hint = 请把表头移到数据行之上；如果没有问题，请添加 --header-row { $header }
problem-no-rows = 只有表头，下面没有数据行
problem-no-rows-hint = 请确认导出的文件是否正确

## 行和用户

problem-missing-value = { $field } 为空
problem-missing-value-hint = 请填写该单元格
problem-missing-key-hint = 请填写该单元格；如果上面的行属于同一用户，请用 --fill-down
problem-missing-key-filled-hint = 请填写该单元格：--fill-down 在它上面找不到可以沿用的值
problem-missing-value-or-flag-hint = 请填写该单元格，或用 { $flag } 为所有空白统一指定
problem-other-country = “{ $value }”是 { $found } 的号码，而列表中大多数是 { $common } 的
problem-unclear-country = “{ $value }”看起来是 { $found } 的号码，但从列表无法判断属于哪个国家/地区
problem-other-country-hint = 请在带国家代码的号码前加 +，或指定 --country-code DIGITS
problem-rendered-too-long = 模板填充后 { $field } 有 { $length } 个字符；服务器最多接受 256 个
problem-rendered-too-long-hint = 请缩短模板
problem-joined-too-long = 该用户的备注合计 { $length } 个字符；服务器最多接受 256 个
problem-joined-too-long-hint = 请缩短备注，或只保留其中一条
problem-shared-user-id = user_id“{ $value }”也属于另一个用户（{ $place }）
problem-shared-user-id-hint = 请为每个用户使用不同的 id，或按 user_phone 关联
problem-total-too-large = 该用户的金额合计超出允许范围
problem-total-too-large-hint = 请核对该用户的金额
problem-conflict = { $field } 的“{ $value }”与“{ $other }”（{ $place }）不一致
problem-conflict-hint = 请把这些单元格改成一致，或只保留一个、其余留空
problem-duplicate-order = 订单“{ $value }”已出现过（{ $place }），但其他值不同
problem-duplicate-order-fields = 订单“{ $value }”已出现过（{ $place }），但这些值不同：{ $fields }
problem-duplicate-order-hint = 请只保留正确的那一行
problem-duplicate-row = 与另一行的订单相同（{ $place }），只取一次
problem-duplicate-row-hint = 如果是重复行，无需处理
problem-possible-duplicate = 与另一行相同（{ $place }）且没有订单号，两行都保留
problem-possible-duplicate-hint = 如果是重复行，请删除其中一行
problem-duplicate-order-across-users = 订单“{ $value }”也属于另一个用户（{ $place }）
problem-duplicate-order-across-users-hint = 请核对该订单属于谁
problem-orphan-order = 订单的用户“{ $value }”不在任何用户表中
problem-orphan-order-hint = 请把该用户加入用户表，或修正关联键
problem-ragged-row = 该行的单元格多于表头的 { $count } 列
problem-ragged-row-hint = 请给含有分隔符的单元格加引号，或删除超出表头的单元格
problem-withheld = 暂不发送：同一用户有问题 { $code }（{ $place }）
problem-withheld-hint = 请修正那一行；任务不会只带部分订单发出
problem-total-row = 作为合计行已排除（“{ $value }”）
problem-total-row-hint = 如果确是合计行，无需处理
problem-computed-total = total_amount 为空，已按订单合计
problem-computed-total-hint = 如需其他总额，请填写该单元格
problem-no-orders = 该用户没有订单
problem-if-right-hint = 如果没有问题，无需处理
problem-hidden-rows-left-out = 工作表中有 { $count } 行被隐藏或筛除，已排除
problem-hidden-rows-read = 工作表中有 { $count } 行被隐藏或筛除，仍与其他行一样读取
problem-hidden-rows-hint = 请取消隐藏这些行，或说明如何处理：--hidden-rows read 或 --hidden-rows skip
problem-changed-since-created = 运行 { $run } 已为该用户创建内容不同的任务 { $task }
problem-changed-since-created-hint = 如果需要第二个任务，请加上 --changed send 重新上传列表

## 手机号

problem-phone-cell-error = “{ $value }”是电子表格中的错误值，不是手机号
problem-phone-lossy-number = “{ $value }”已经丢失手机号的部分数字
problem-phone-not-a-phone = “{ $value }”不是手机号
problem-phone-date = “{ $value }”是日期，不是手机号
problem-phone-percent = “{ $value }”因单元格格式显示为百分比，不是手机号
problem-phone-fraction = “{ $value }”是带小数的数字，不是手机号
problem-phone-two-phones = “{ $value }”含有不止一个手机号
problem-phone-letter = “{ $value }”的数字中混有字母
problem-phone-extension = “{ $value }”在号码之后还有其他内容，例如分机号
problem-phone-padded = “{ $value }”是由单元格格式在前面补零的数字
problem-phone-zero-tail = “{ $value }”末尾的零可能属于手机号，也可能不属于
problem-phone-length-far = “{ $value }”的数字远多于 15 位
problem-phone-length = “{ $value }”连同国家代码有 { $digits } 位数字，应为 8 到 15 位
problem-phone-unknown-country = “{ $value }”开头的国家代码不存在
problem-phone-country-length = “{ $value }”的位数不符合 { $country } 的任何手机号
problem-phone-trunk-zero = “{ $value }”在国家代码之后多了一个 0
problem-phone-no-country-code = “{ $value }”是国内格式的号码，但没有指定国家代码
problem-phone-bare-number = “{ $value }”开头既不是 { $country_code }，也不是 0、+ 或 00
problem-phone-code-or-number = “{ $value }”有两种读法：其中的 { $country_code } 可能是国家代码，也可能是号码的一部分
problem-phone-zero-before-code = “{ $value }”有两种读法：国家代码之前有一个 0
problem-phone-not-valid = “{ $value }”按原样不是任何国家/地区的有效号码
problem-phone-cell-error-hint = 请修正公式，或直接在单元格中输入手机号
problem-phone-lossy-number-hint = 请把该列设为文本格式，再从来源重新粘贴手机号
problem-phone-two-phones-hint = 单元格中请只保留一个手机号；每个任务只对应一个手机号
problem-phone-letter-hint = 请改为原本的数字：O 改为 0，l 或 I 改为 1，S 改为 5，B 改为 8
problem-phone-extension-hint = 请删去号码之后的内容
problem-phone-as-text-hint = 请把单元格设为文本格式，并输入带国家代码的手机号，例如 +6281234567890
problem-phone-look-up-hint = 请核实手机号，并写成带国家代码的形式，例如 +6281234567890
problem-phone-zero-hint = 请去掉这个 0，并以 + 加国家代码的形式书写手机号
problem-phone-no-country-code-hint = 请添加 --country-code，例如 --country-code 62，或以 + 加国家代码的形式书写手机号
problem-phone-bare-number-hint = 如果前面应加 +{ $country_code }，请添加 --bare-numbers national；如果号码已完整，请添加 --bare-numbers international；或在号码前写 +
problem-phone-code-or-number-hint = 请以 + 加国家代码的形式书写；或者，如果前面应加 +{ $country_code }，请添加 --bare-numbers national，如果号码已完整，请添加 --bare-numbers international

## 金额

problem-amount-cell-error = “{ $value }”是电子表格中的错误值，不是金额
problem-amount-not-an-amount = “{ $value }”不是金额
problem-amount-unknown = “{ $value }”不是金额：“{ $text }”不是已知的货币，可能改变数值
problem-amount-grouping = “{ $value }”不是金额：数字没有按三位分组
problem-amount-negative = “{ $value }”是负数金额
problem-amount-percent = “{ $value }”是百分比，不是金额
problem-amount-exponent = “{ $value }”使用了科学计数法，数字可能已丢失
problem-amount-date = “{ $value }”是日期，不是金额
problem-amount-ambiguous = “{ $value }”有两种读法：其中的符号可能是千位分隔符，也可能是小数点
problem-amount-other-separator = “{ $value }”不符合 --decimal-separator 指定的小数点写法
problem-amount-lossy-number = “{ $value }”是超过 15 位的数字：电子表格已将其舍入
problem-amount-too-large = “{ $value }”的位数超出金额允许的范围
problem-amount-cell-error-hint = 请修正公式，或直接在单元格中输入金额
problem-amount-ambiguous-hint = 如果 1.000 是一、1,000 是一千，请添加 --decimal-separator .；如果相反，请添加 --decimal-separator ,
problem-amount-other-separator-hint = 请在数字单元格中写成 3000.50，或改用另一个 --decimal-separator
problem-amount-date-hint = 请把单元格设为数字格式并核对金额：它已被转换成日期
problem-amount-lossy-number-hint = 请核对金额；如果正确，请以文本形式输入
problem-amount-negative-hint = 金额应大于或等于零：请修正，或将单元格留空
problem-amount-digits-hint = 请只用数字和一个小数点，例如 3000.50
problem-amount-unknown-hint = 请去掉“{ $text }”，并用数字写出完整金额，例如 3000.50

## 日期

problem-date-cell-error = “{ $value }”是电子表格中的错误值，不是日期
problem-date-not-a-date = “{ $value }”不是日期
problem-date-impossible = “{ $value }”是不存在的日期
problem-date-out-of-range = “{ $value }”不在 1970 至 2100 年之间
problem-date-false-leap-day = “{ $value }”表示 1900 年 2 月 29 日，这一天并不存在
problem-date-time-only = “{ $value }”只有时间，没有日期
problem-date-bad-time = “{ $value }”中的时间不存在或不完整
problem-date-bare-number = “{ $value }”只是一个数字，不是日期
problem-date-ambiguous = “{ $value }”有两种读法：日和月的先后不明
problem-date-short-year = “{ $value }”的年份只有两位，各部分的顺序不明
problem-date-other-order = “{ $value }”不符合 --date-order 指定的日期顺序
problem-date-no-zone = “{ $value }”是带时区的时间，但没有指定要换算到哪个时区
problem-date-cell-error-hint = 请修正公式，或直接在单元格中输入日期
problem-date-ambiguous-hint = 如果日在前，请添加 --date-order dmy；如果月在前，请添加 --date-order mdy
problem-date-short-year-hint = 请把年份写成四位，或添加 --date-order ymd、dmy 或 mdy
problem-date-other-order-hint = 请写成 2026-04-15，或改用另一个 --date-order
problem-date-no-zone-hint = 请用 --time-zone 指定您办公地点的时区，例如 --time-zone Asia/Jakarta
problem-date-bad-time-hint = 请把时间写成 14:30 或 14:30:00；午夜写作次日的 00:00
problem-date-bare-number-hint = 请写成 2026-04-15，或提供 .xlsx 文件，其中的数字单元格可以是日期
problem-date-iso-hint = 请写成 2026-04-15，带时间的写成 2026-04-15 10:00:00

## 文本和普通数字

problem-text-cell-error = “{ $value }”是电子表格中的错误值，不能使用
problem-text-too-long = 文本有 { $length } 个字符，最多 { $limit } 个
problem-text-too-long-hint = 请缩短 { $count } 个字符
problem-text-lossy-number = “{ $value }”是超过 15 位的数字：电子表格已将其舍入
problem-text-bad-number = “{ $value }”不是正整数
problem-text-too-large = “{ $value }”大于 { $most }：读取 JSON 的程序会把更大的数字舍入
problem-text-rounded-number = “{ $value }”位数过多：电子表格只保留 15 位，已将其舍入
problem-text-cell-error-hint = 请修正公式，或直接在单元格中输入值
problem-text-lossy-number-hint = 请把该列设为文本格式，再从来源重新粘贴该数字
problem-text-bad-number-hint = 请只用数字，例如 30058
problem-text-too-large-hint = 请核对该 id，并填写服务器上的 id

## 单元格无法读取时显示的内容；英文原文见 src/domain/unread.rs。

problem-cell-too-long = 过长的文本
problem-cell-hollow = 没有存储结果的公式
problem-cell-formula-error = 公式错误
problem-cell-lost-value = 存储类型不符的值；请重新输入
problem-cell-lost-text = 未按文本存储的文本；请重新输入
problem-cell-long-text = 对 .xls 来说过长的文本；请将工作簿另存为 .xlsx
problem-cell-foreign-text = 与图形或拼音文字混在一起的文本；请去掉它们后重新输入
problem-cell-missing-text = 找不到的文本；请重新输入
problem-cell-cut-text = 被截断的文本
problem-cell-cut-number = 被截断的数字
problem-cell-twice = 一个单元格有两个值；请将工作簿另存为新的 .xlsx
problem-cell-added-digits = 数字格式自带额外数字；请改为普通格式并输入实际内容
problem-cell-no-style = 缺少格式的数字；请将工作簿另存为新的 .xlsx
problem-cell-no-number = 不是数字
problem-cell-no-time = 无法读取的时间
problem-cell-unreadable = 无法读取的单元格
problem-cell-unreadable-because = 无法读取的单元格（{ $error }）
problem-cell-hollow-message = 公式没有存储结果
problem-cell-hollow-hint = 请用电子表格程序打开文件并保存，结果就会存入文件
problem-cell-added-digits-message = 单元格的数字格式显示了单元格中没有的数字
problem-cell-added-digits-hint = 请把单元格改为普通数字格式，并输入实际内容
problem-cell-narrow-message = 单元格中只有 #：保存名单时该列太窄
problem-cell-narrow-hint = 请加宽该列，再重新保存名单

## 文件

problem-file-not-found = 没有这个文件
problem-file-not-found-hint = 请检查路径；路径含空格时请加引号
problem-file-folder = 这是文件夹，不是文件
problem-file-folder-hint = 请指定其中的一个文件
problem-file-permission = 系统不允许读取
problem-file-permission-hint = 请在其他程序中关闭该文件，检查其权限，或复制一份
problem-file-empty = 文件是空的
problem-file-empty-hint = 请确认导出已完成
problem-file-no-table = 这不是表格，而是{ $looks_like }
problem-file-text = 文件扩展名是 .{ $extension }，但内容是纯文本，不是工作簿
problem-file-text-hint = 如果是分隔文本，请改名为 .csv；或用 Excel 打开并另存为工作簿（.xlsx）
problem-file-encrypted = 工作簿有密码保护
problem-file-encrypted-hint = 请用 Excel 打开，取消密码后保存
problem-file-broken = 文件已损坏：{ $detail }
problem-file-broken-hint = 请用 Excel 或 LibreOffice 打开，确认内容完整后另存为新的 .xlsx
problem-file-in-row = 工作表 { $sheet } 第 { $row } 行：{ $detail }
problem-file-in-sheet = 工作表 { $sheet }：{ $detail }
problem-file-in-line = 第 { $row } 行：{ $detail }
problem-file-open-quote = 从第 { $line } 行开始的记录引号不成对：{ $detail }
problem-file-open-quote-hint = 请补上该行的引号，或将列表另存为 .xlsx
problem-file-undecodable = 第 { $line } 行不是有效的文本：{ $detail }
problem-file-undecodable-hint = 请将文件另存为 UTF-8（Excel 中的“CSV UTF-8”），或用 --encoding 指定编码
problem-file-unclear-encoding = 文本不是 UTF-8，看起来是 { $likely }
problem-file-unclear-encoding-or = 文本不是 UTF-8，看起来是 { $likely } 或 { $other }
problem-file-unclear-encoding-hint = 如果正确，请添加 --encoding { $likely }；否则请指定正确的编码，或将文件另存为 UTF-8（Excel 中的“CSV UTF-8”）
problem-file-unclear-encoding-or-hint = 请添加 --encoding { $likely }；如果这样姓名不对，则用 --encoding { $other }，或将文件另存为 UTF-8（Excel 中的“CSV UTF-8”）
problem-file-unknown-encoding = 未知的编码 { $name }
problem-file-unknown-encoding-hint = 请使用常见名称，例如 utf-8、utf-16le、gb18030、windows-1252 或 big5
problem-file-too-big = 文件过大：{ $detail }
problem-file-too-big-hint = 请把需要的行复制到新的工作簿，或拆分列表
problem-file-io = 读取失败：{ $detail }
problem-file-io-hint = 请检查路径、重试，或先将文件复制到本地磁盘

## 文件的样子，接在“这不是表格，而是”之后

problem-looks-picture = 图片
problem-looks-pdf = {" "}PDF 文档
problem-looks-html = {" "}HTML 网页
problem-looks-mhtml = 保存的网页
problem-looks-spreadsheet-xml = {" "}Excel 2003 的 XML 表格
problem-looks-xml = {" "}XML 文档
problem-looks-rich-text = {" "}RTF 文档
problem-looks-word = {" "}Word 文档
problem-looks-power-point = {" "}PowerPoint 演示文稿
problem-looks-open-document = 不是电子表格的 OpenDocument 文件
problem-looks-numbers = {" "}Apple Numbers 文档
problem-looks-old-excel = {" "}Excel 97 之前版本的工作簿
problem-looks-zip = 不含工作簿的 zip 压缩包
problem-looks-archive = 压缩包
problem-looks-office-file = 不含工作簿的 Office 文件
problem-looks-utf16 = 没有字节顺序标记的 UTF-16 文本
problem-looks-binary = 二进制文件
problem-looks-device = 管道或设备
problem-looks-saved-again-hint = 请用 Excel 或 LibreOffice 打开并另存为 .xlsx
problem-looks-numbers-hint = 请从 Numbers 导出为 Excel (.xlsx) 或 CSV
problem-looks-packed-hint = 请解压并指定其中的列表文件
problem-looks-utf16-hint = 请另存为 UTF-8，或指定编码：--encoding { $encoding }
problem-looks-device-hint = 如需从标准输入读取 CSV，请使用 -
problem-looks-other-hint = 请指定列表文件本身：.xlsx、.xls、.ods 或 .csv

## 文件的具体问题，接在冒号之后

problem-detail-one-table = 文本文件只有一张表
problem-detail-too-many-lines = 它跨越了 { $most } 行以上
problem-detail-too-many-fields = 第 { $line } 行的字段超过 { $most } 个
problem-detail-never-closed = 带引号的字段没有结束引号
problem-detail-text-behind-quote = 结束引号之后还有其他文字
problem-detail-long-record = 它超过 { $kib } KiB
problem-detail-zero-bytes = 其中含有零字节，不是文本
problem-detail-not-utf8 = 不是 UTF-8
problem-detail-not-utf8-byte = 第 { $field } 个字段中的字节 { $byte } 不是 UTF-8
problem-detail-other-mark = 文件开头是 { $found } 的标记，而不是 { $named } 的
problem-detail-foreign-byte = 有不属于 { $encoding } 的字节
problem-detail-foreign-bytes = 字节 { $bytes } 不属于 { $encoding }
problem-detail-half-character = 文件在一个字符的中间结束
problem-detail-no-such-sheet = 没有这张工作表
problem-detail-reader-failed = 读取程序出错
problem-detail-reader-confused = 读取程序无法理解其内容
problem-detail-cell-beyond-sheet = 有单元格超出最后一行或最后一列
problem-detail-cell-twice = 单元格 { $cell } 顺序错误或出现两次
problem-detail-sheet-list = 工作表清单前后不一致
problem-detail-too-many-sheets = 工作表超过 { $most } 张
problem-detail-part-missing = 缺少对应的部分
problem-detail-missing-part = 缺少 { $part } 部分
problem-detail-after-row = 在此行之后：{ $error }
problem-detail-zip = 无法读取其 zip 压缩包（{ $error }）
problem-detail-utf16-parts = 其组成部分使用 UTF-16 编码
problem-detail-no-workbook-part = 没有说明哪个部分是工作簿
problem-detail-sheet-without-part = 有工作表没有对应的部分
problem-detail-unusual-part = { $part } 部分的名称不合常规（应为 { $usual }）
problem-detail-text-table-doctype = 文本表中声明了文档类型
problem-detail-text-table-beginning = 文本表没有开头
problem-detail-text-table-claim = 文本表声称的文本数量超出其大小所能容纳的
problem-detail-text-table-cut-off = 文本表被截断
problem-detail-cells-unclear = 无法区分其中的单元格
problem-detail-text-missing = 在此行之后：缺少一段文本
problem-detail-row-cut-off = 有一行被截断
problem-detail-row-beyond-sheet = 有一行超出最后一行
problem-detail-row-numbers = 行号编排异常
problem-detail-unpacked-size = 解压后将超过 4 GiB
problem-detail-part-size = { $part } 部分将超过 { $mib } MiB
problem-detail-unpacked-text-table = 文本表将超过 { $mib } MiB
problem-detail-text-table-size = 文本表超过 { $mib } MiB
problem-detail-text-table-memory = 文本表中的文本将占用 1 GiB 以上内存
problem-detail-text-size = 文本表中有一段文本超过 { $mib } MiB
problem-detail-row-size = 有一行超过 { $mib } MiB
problem-detail-too-many-formats = 单元格格式数量超出 Excel 允许的范围
problem-detail-too-many-tags = 有工作表在数据行之后还有一千万个以上的标记
problem-detail-xls-size = {"."}xls 工作簿不会超过 { $mib } MiB
problem-detail-sector-size = 扇区大小未知
problem-detail-empty-directory = 目录是空的
problem-detail-header-cut-off = 文件头被截断
problem-detail-endless-sector-list = 扇区列表没有结尾
problem-detail-long-sector-list = 扇区列表比文件还长
problem-detail-sector-beyond-end = 有扇区超出文件末尾
problem-detail-endless-chain = 扇区链没有结尾
problem-detail-chain-nowhere = 扇区链指向不存在的位置
problem-detail-endless-record = 有记录没有结尾
problem-detail-sheet-beyond-end = 有工作表超出文件末尾
problem-detail-sheets-overlap = 两张工作表位于同一位置
problem-detail-cell-cut-off = 有单元格被截断
problem-detail-cell-beyond-columns = 有单元格超出最后一列
problem-detail-size-cut-off = 工作表的大小信息被截断
problem-detail-impossible-size = 有工作表声称的大小不可能存在
problem-detail-cell-texts = 单元格中的文本超过 { $mib } MiB
problem-detail-sparse-cells = 单元格及其间的空白超出内存
problem-detail-cdata = 其中的文本写法不合常规（CDATA）
problem-detail-closing-tag = 结束标记中除名称外还有其他内容
problem-detail-content-cut-off = 内容被截断
problem-detail-content-order = 内容顺序错乱
problem-detail-day-zero = 日期既不从 1899-12-30 也不从 1904-01-01 起算
problem-detail-tag-size = 内容中有文本或标记超过 { $mib } MiB
problem-detail-repeats = 按其声明的次数重复后，单元格超出内存
problem-detail-list-sheets = 所有列表合计超过 65,535 张工作表
problem-detail-list-text = 文本超过 1 GiB
problem-detail-leading-rows = 各工作表的前几行超过 { $mib } MiB

## 同类问题的统一解决办法

problem-settle-missing-column = --map FIELD=COLUMN，或为所有用户统一给出该值的参数
problem-settle-unclear-column = --map FIELD=COLUMN，或 --ignore COLUMN
problem-settle-missing-value = 请填写这些单元格；--assignee、--name 和 --auth-id 会填补所有空白，--fill-down 会沿用上一行的用户信息
problem-settle-bad-phone = 号码以 0 开头时用 --country-code DIGITS；既不以 + 也不以 0 开头时用 --bare-numbers national 或 international；其余请更正
problem-settle-lossy-number = 请把该列设为文本格式，再从来源重新粘贴数字
problem-settle-bad-amount = 金额请只写数字和一个小数点：3000.50
problem-settle-ambiguous-amount = --decimal-separator . 或 --decimal-separator ,
problem-settle-bad-date = 日期请写成 2026-04-15
problem-settle-ambiguous-date = 日月顺序用 --date-order dmy、mdy 或 ymd；带时区的时间用 --time-zone NAME
problem-settle-bad-number = 请写整数，只用数字
problem-settle-too-long = 请把文本缩短到 256 个字符以内
problem-settle-conflict = 请把同一用户的单元格改成一致，或只保留一个、其余留空
problem-settle-duplicate-order = 两行中请只保留正确的一行
problem-settle-duplicate-column = 只保留一列，其余用 --ignore COLUMN
problem-settle-orphan-order = 请把这些用户加入用户表，或修正关联键
problem-settle-cell-error = 请修正公式，或粘贴为数值
problem-settle-ragged-row = 请给含有分隔符的单元格加引号，或用 --delimiter 指定其他分隔符
problem-settle-undecodable = --encoding NAME，或将文件另存为 UTF-8
problem-settle-unreadable = 请逐个查看
problem-settle-withheld = 请修正所指出的行；这些行会随之发送
problem-settle-duplicate-row = 请删除重复的行
problem-settle-duplicate-order-across-users = 请核对这些订单属于谁
problem-settle-unknown-column = --ignore COLUMN，或 --map FIELD=COLUMN
problem-settle-ignored-sheet = --sheet NAME，或 --header-row N
problem-settle-hidden-rows = --hidden-rows read，或 --hidden-rows skip
problem-settle-changed-since-created = 如果需要第二个任务：--changed send

## 名称和描述的模板

problem-template-unknown = 没有占位符 {"{"}{ $name }{"}"}
problem-template-open = “{ $rest }”处的花括号没有闭合
problem-template-hint = 可用 { $names }；花括号本身请写 {"{{"}
