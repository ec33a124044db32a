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

## report.html：页首

page-run = 运行
page-sandbox = 未创建任何真实任务：本次运行连接的是服务器的替身。
page-skip-to-list = 跳到列表
page-verdict-all = 所有用户都已创建任务：共 { $count } 个
page-verdict-already = 所有用户都已有任务：{ $count } 个均由之前的运行创建
page-verdict-all-now = 所有用户都已有任务：本次创建 { $created } 个，之前的运行已创建 { $already } 个
page-verdict-some = 共 { $all } 个，已创建 { $created } 个，未创建 { $missing } 个
page-verdict-some-already = 共 { $all } 个，已创建 { $created } 个，未创建 { $missing } 个，之前的运行已创建 { $already } 个
page-verdict-empty = 输入中没有用户
page-verdict-refused = 未发送任何任务
page-status-running = 进行中
page-status-unfinished = 未结束
page-status-completed = 已完成
page-status-interrupted = 已中断
page-status-aborted = 提前停止
page-status-refused = 已拒绝
page-started = 开始时间
page-finished = 结束时间
page-took = 用时
page-by = 操作人
page-server = 服务器
page-input = 输入
page-files = { $first } 及另外 { $count } 个文件
page-requests = 请求
page-posts = 发送 { $count } 次
page-retried = 其中重发 { $count } 次
page-lookups = 查询 { $count } 次
page-throttled = 429 应答 { $count } 次
page-proof-broken = 行数对不上。这是本程序的缺陷：请反馈，并人工核对本次运行。

## report.html：概览

page-at-a-glance = 概览
page-created = 已创建
page-not-created = 未创建
page-next = 下一步
page-no-amount = 金额未知
page-nothing-to-do = 无需处理：全部完成。
page-colon = {"："}
page-copy = 复制
page-copied = 已复制
page-step-resume = 继续处理尚未结束的 { $count } 个任务
page-step-fix = 在 fix.xlsx 中更正已标记的行，然后用与之前相同的参数上传
page-step-mend = 在名单中更正无效的行（见 results.xlsx），然后重新上传；已创建的会跳过。
page-step-incomplete = 在 INCS 中完成或结束 { $count } 个用户的未完成任务，然后运行

## report.html：未创建的用户

page-why = 哪些用户未创建任务，原因是什么
page-nobody-missing = 没有遗漏：每个用户都已创建任务。
page-count-users = { $count } 个用户
page-count-invalid = { $count } 个用户或行
page-what-to-do = 处理办法
page-place = 在输入中的位置
page-phone = 手机号
page-user = 用户
page-this-one = 情况
page-show-group = 在列表中显示全部 { $count } 条
page-more-reasons = 另有 { $count } 种原因，见下方列表。

## report.html：结果与坐席

page-outcomes = 结果汇总
page-outcome = 结果
page-outcome-created = 已创建
page-outcome-incomplete-task = 有未完成任务
page-outcome-rejected = 被拒绝
page-outcome-failed = 失败
page-outcome-unresolved = 存疑
page-outcome-skipped = 已跳过
page-outcome-pending = 尚未发送
page-outcome-invalid = 无效
page-users-column = 用户数
page-rows-column = 行数
page-money-column = 总金额
page-meaning = 含义
page-uncounted = 未显示金额之处，其合计过大，无法相加。
page-assignees = 各催收员的任务
page-assignee = 催收员
page-money-created = 已创建金额
page-share = 占比
page-nobody = 未指定
page-more-assignees = 此处省略另外 { $count } 名催收员；完整内容见列表。

## report.html：速度

page-pace = 速度
page-chart-rate = 每秒完成的任务数
page-chart-latency = 平均应答时间
page-each-point = 每个点代表 { $seconds } 秒
page-fact-rate = 平均每秒 { $mean } 个任务，最高 { $peak } 个
page-fact-latency = 应答平均用时 { $mean } 毫秒，最长 { $slowest } 毫秒
page-fact-throttled = 服务器要求降速（429）{ $count } 次
page-fact-failed = { $count } 次请求失败（无法连接、没有应答或服务器错误）
page-fact-paused = 暂停共 { $count } 秒
page-point = { $time }：每秒 { $rate } 个
page-point-throttled = 429 共 { $count } 次
page-point-failed = 失败 { $count } 次
page-point-paused = 暂停
page-point-resumed = 重新继续
page-legend-pause = 暂停
page-legend-throttle = 服务器要求降速（429）
page-legend-failure = 请求失败
page-legend-resumption = 之后重新继续
page-nothing-sent = 未发送任何请求。

## report.html：核对

page-proof = 没有一行丢失
page-proof-words = 读取的每一行都对应列表中的一条记录，或因故未计入：
page-file = 文件

## report.html：列表

page-list = 完整列表
page-list-words = 每个用户一条；不属于任何用户的无效行各一条。
page-search = 搜索
page-search-example = 手机号、姓名、任务 id、orders:2 …
page-search-help = 先按输入的整段文字查找，没有结果时再分词查找，范围是整条记录。orders:2、status:422、attempts:3 表示数值须完全相同。
page-all = 全部
page-orders = 订单数
page-total = 总金额
page-task = 任务 id
page-why-column = 情况
page-first-rows = 共 { $all } 条，显示前 { $shown } 条
page-shown = 第 { $from } 至 { $to } 条，共 { $all } 条
page-found = 在 { $all } 条中找到 { $hits } 条；显示第 { $from } 至 { $to } 条
page-nothing-found = 在 { $all } 条中没有找到
page-page = 第 { $page } 页，共 { $pages } 页
page-pages = 列表分页
page-previous = 上一页
page-following = 下一页
page-clear = 清除所有筛选
page-details = 详情
page-task-name = 任务名称
page-attempts = 尝试次数
page-sent = 发送时间
page-latency = 应答用时
page-no-script = 未启用脚本时只显示前面的记录；全部内容见同一文件夹中的 results.csv 和 results.xlsx。
page-print = 只打印列表前面的记录；全部内容见同一文件夹中的 results.csv 和 results.xlsx。
page-made-by = 由 incs-import { $version } 生成
