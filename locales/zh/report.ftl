# 运行的报告页面和工作簿。

## results.xlsx 的首个工作表

summary-run = 运行
summary-sandbox = 沙箱（SANDBOX）：未创建任何真实任务
summary-status = 状态
summary-server = 服务器
summary-started = 开始时间
summary-finished = 结束时间
summary-operator = 操作人
summary-file = 文件
summary-file-rows = { $count } 行
summary-outcome = 结果
summary-users = 用户数
summary-rows = 行数
summary-money = 总金额
summary-meaning = 含义
summary-created = 已创建
summary-not-created = 未创建
summary-reasons = 未创建及原因
summary-what = 情况
summary-remedy = 处理办法

## 各种结果的含义

outcome-created = 服务器上已有该任务
outcome-incomplete-task = 用户还有未完成的任务
outcome-rejected = 服务器拒绝了该任务
outcome-failed = 确定未创建；尝试次数已用完
outcome-unresolved = 可能已创建；服务器无法确认
outcome-skipped = 未发送：之前已创建，或被规则拦下
outcome-pending = 运行停止，尚未轮到
outcome-invalid = 未发送：数据行有错误

# 报告，以及待修正的工作簿。

report-cannot-write = 无法写入 { $path }：{ $error }

## 没有丢失任何行的证明

report-rows-read = 读取行数 { $rows } = { $sum }
report-rows-lost = 读取行数 { $rows } 不等于 { $sum }
report-totals = 总金额 { $planned } = { $sum }
report-totals-lost = 总金额 { $planned } 不等于 { $sum }
report-rows-ended = { $rows } 行 { $outcome }
report-rows-left-out = { $rows } 行已排除（{ $reasons }）
report-rows-of-reason = { $reason }：{ $rows }
report-left-out-total = 合计行
report-left-out-hidden = 隐藏的行
report-left-out-limit = 超出 --limit

## 待修正的工作簿

report-fix-not-written = 未写入 { $file }：{ $error }
report-fix-not-written-old = 未写入 { $file }：该运行由旧版本程序记录
report-fix-not-written-old-hint = 请用 --fix 重新检查列表
report-fix-file-hint = 请指定一个您有写入权限的文件夹中的文件，并腾出空间
report-fix-unreadable = 无法再次读取 { $name }：{ $flaw }
report-fix-changed = { $name } 在检查之后发生了变化
report-fix-changed-hint = 程序结束前请不要改动列表，然后重试
report-fix-too-many-rows = { $name } 有 { $rows } 行待修正，超出一张工作表的容量
report-fix-too-many-rows-hint = 很可能用错了文件或列映射；如果没有错，请拆分列表
report-fix-too-many-columns = { $name } 的第 { $row } 行占用了工作表的最后一列，没有空列可写原因
report-fix-too-many-columns-hint = 请删除列表最后一列的内容，或直接修正列表
report-fix-refused = 被服务器拒绝：{ $message }
report-fix-row-of = { $title } 第 { $row } 行
report-fix-line-of = { $title } 第 { $line } 行
report-fix-standard-input = 标准输入
report-fix-semicolon = ；
report-fix-reasons = { $reasons }（{ $origin }）
report-fix-note =
    { $message }
    修正：{ $hint }
report-fix-lost-cell = { $column }：{ $why }
report-fix-lost-hint = 请重新输入该值
report-fix-lost-number = 不是有效的数字
report-fix-lost-date = 日期超出工作簿能保存的范围
report-fix-lost-length = 文本超过单元格可容纳的 { $most } 个字符
report-fix-lost-characters = 文本中有工作簿无法保存的字符

report-fix-redacted = 使用 --redact 时不写入 fix.xlsx：它保存原始数据行
report-fix-redacted-hint = 如需该文件，请使用不带 --redact 的 incs-import report
