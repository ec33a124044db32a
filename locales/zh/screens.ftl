# 各命令的输出。

## 各界面通用

screens-comma = ，
screens-semicolon = ；
screens-seconds = { $seconds } 秒
screens-minutes = { $minutes } 分 { $seconds } 秒
screens-hours = { $hours } 小时 { $minutes } 分
screens-bug = 程序内部错误：{ $error }
screens-mend-bug = 请连同引发问题的列表一起报告；已发送的内容都在台账中，不会重复发送
screens-mend-locked = 请等待其结束，或用 --lock-wait DUR 让本次运行等待
screens-no-runtime = 无法启动运行环境：{ $error }
screens-leave-one-out = 请去掉其中一个

## 文件

file-cannot-write = 无法写入 { $file }：{ $error }
file-no-metrics = 其内容不是本程序的指标
file-not-replaced = 那里不是普通文件，未作改动
file-no-heartbeat = 那里的文件不是由 --heartbeat 写入的，未作改动
file-name-writable = 请指定一个您有写入权限的文件夹中的文件
file-not-a-workbook = { $file } 不是工作簿文件名
file-name-a-workbook = 请指定以 .xlsx 结尾的文件
file-name-another = 请指定其他文件
file-no-stdin = 无法保存标准输入：{ $error }
file-no-room-for-stdin = 请在临时文件夹中腾出空间
file-cannot-copy = 无法将 { $file } 复制到 { $folder }：{ $error }
file-the-inputs = 输入文件
file-mend-copy = 请在该处腾出空间，或用 --report-dir DIR 选择其他位置
file-changed = 读取过程中 { $file } 发生了变化
file-mend-changed = 请等待写入完成后重试
file-no-report-folder = 无法创建报告文件夹 { $folder }：{ $error }
file-mend-report-folder = 请用 --report-dir DIR 选择其他位置
file-mend-reports = 请用 --report-dir DIR 选择其他位置，或腾出空间
file-mend-place = 请腾出空间或修复该位置，然后重试

## 列表内容预览

preview-read = 已读取
preview-header = 表头在第 { $row } 行；列：{ $columns }
preview-unread-columns = 未读取的列：{ $columns }
preview-rows = { $count } 行
preview-rows-invalid = { $count } 行，其中 { $invalid } 行无效或暂不发送
preview-tasks = 合计
preview-tasks-with-orders = { $tasks }，含 { $orders }
preview-tasks-with-orders-and-totals = { $tasks }，含 { $orders }，总金额 { $total }
preview-orders = { $count } 个订单
preview-countries = 各国家/地区的号码：{ $countries }
preview-user = { $user }：“{ $name }”，分配给 { $agent }，{ $orders }
preview-user-with-total = { $user }：“{ $name }”，分配给 { $agent }，{ $orders }，总金额 { $total }
preview-more-users = ……另有 { $count } 个
preview-unused-flag = { $flag } 没有起作用：列表中每个用户都已有该值
preview-unmatched-ignore = { $flag } 没有起作用：列表中没有这一列
preview-held-back = 不会再次发送：{ $parts }
preview-already = { $count } 个已由之前的运行创建
preview-changed = { $count } 个之前创建过但内容不同
preview-doubtful = { $count } 个可能已由之前的运行创建
preview-times = { $count } 次
preview-settled-by = 解决办法：{ $how }
preview-more-problems = ……另有 { $count } 处（-v 显示全部）

## check

check-no-history = 无法得知之前的运行创建了哪些任务：{ $error }
check-unusable = 列表无法使用，不会发送任何内容
check-nothing-would-be-sent = 不会发送任何任务：{ $why }
check-no-errors = 没有错误：将发送 { $count } 个任务
check-some-errors = 将发送 { $count } 个任务；有 { $rows } 行不会发送
check-payloads-written = 请求内容已写入 { $file }
check-output-is-the-list = { $file } 就是列表本身
check-fix-is-payloads = { $file } 同时也是 --payloads 的文件
check-fix-nothing = 没有需要修正的内容：未写入 { $file }
check-fix-nothing-old = 没有需要修正的内容：未写入 { $file }；原有文件保持不变
check-fix-written = { $count } 行待修正内容已写入 { $file }：请修正标记的单元格，然后用相同的参数读取该文件
barrier-strict = { $rows } 行中有 { $invalid } 行无效，且已设置 --strict
barrier-mend-strict = 请修正这些行，或去掉 --strict 以发送其余的行
barrier-max-invalid = { $rows } 行中有 { $wrong } 行有误，超过 { $percent } %：可能用错了文件或列映射
barrier-mend-max-invalid = 请修正列表或列映射；如果确认无误，请提高 --max-invalid PERCENT
barrier-expect-rows = 列表有 { $rows } 行，而 --expect-rows 要求 { $expected }：可能用错了文件，或文件不完整
barrier-mend-expect-rows = 请检查列表；如果确认无误，请改用另一个 --expect-rows MIN..MAX

## upload

upload-nobody-to-ask = 列表来自标准输入，因此发送前无法询问确认
upload-add-yes = 请添加 --yes
upload-hidden-rows = 列表中有 { $count } 行在工作表中被隐藏或筛除
upload-mend-hidden-rows = 请明确如何处理：--hidden-rows read 一并上传，--hidden-rows skip 不上传
upload-not-confirmed = 未确认，没有发送任何任务
upload-unusable = 列表无法使用，没有发送任何任务
upload-mend-unusable = 请修正上面列出的问题；incs-import check 可在不发送的情况下显示同样的内容
upload-dry-run = 试运行：将向 { $server } 发送 { $count } 个任务{ $besides }；没有发送或记录任何内容
upload-dry-run-sandbox = 模拟服务器
upload-besides-already = ，{ $count } 个已创建过
upload-besides-changed = ，{ $count } 个之前创建过但内容不同
upload-besides-doubtful = ，{ $count } 个可能已由之前的运行创建（先行查询）
upload-besides-hidden = ，其中有 { $count } 行在工作表中被隐藏
upload-besides-invalid = ，{ $count } 行无效不发送
upload-question = 要在 { $server } 创建 { $count } 个任务{ $besides }吗？{ $choices }：
upload-choices = [y] 是，[N] 否
upload-choices-with-changed = [y] 是，[a] 全部（包括内容不同的 { $count } 个），[N] 否
upload-no-ledger-folder = 无法创建台账文件夹 { $folder }：{ $error }
upload-mend-ledger-folder = 请用 --ledger PATH 选择可写的位置
upload-unfinished-run = 运行 { $run } 没有完成：其中 { $pending } 个任务未发送，{ $doubts } 个可能已创建，会在再次给同一用户创建任务之前先查询；完成该运行：incs-import resume { $run }
upload-sandbox = SANDBOX：正在发送到模拟服务器 { $server }；不会创建真实任务
upload-no-sandbox = 无法启动 sandbox：{ $error }
upload-built-without-sandbox = 本程序编译时未包含 sandbox
upload-build-with-sandbox = 请启用 sandbox 功能（默认启用）重新编译
upload-preflight-off = --dedupe-window 为 0，因此 --preflight 不会查询任何内容
upload-ledger-unread = 无法读取台账以生成报告：{ $error }
upload-no-reports = 无法写入报告：{ $error }
upload-mend-reports = 请腾出空间或修复该位置，然后执行：incs-import resume；已记录的任务不会重复发送
upload-stopping = 正在停止：等待已发出的请求；再按一次 Ctrl-C 立即退出
upload-deadline = 已到截止时间：不再开始新任务，等待已发出的请求
leftovers-not-taken = 有 { $count } 次运行仍有遗留，但开始于 36 小时以前，或发往其他服务器：请用 incs-import runs 查看，仍需要的用 incs-import resume RUN 继续
leftovers-in-the-way = 先前的运行未能完成，因此没有开始本次列表
leftovers-mend-in-the-way = 请先处理上面指出的问题再重新启动；去掉 --resume-first 则先处理本次列表

## 发送过程中

progress-tasks = 已完成 { $done }/{ $total } 个任务
progress-bar = { $done }/{ $total } 个任务
progress-rate = { $rate } 个/秒
progress-left = 约剩 { $time }
progress-looking = 正在服务器上查询 { $count } 个
progress-doubts = { $count } 个任务没有收到应答但可能已创建：正在服务器上查询，最长 { $time }
progress-throttled = 服务器要求放慢速度（429）：等待 { $time }
progress-unreachable = 无法连接服务器（{ $why }）：{ $time }后重试
progress-failing = 服务器持续出错：{ $time }后再次询问（第 { $probe } 次试探，共 5 次）
progress-recovered = 服务器恢复应答：继续运行
progress-sandbox = SANDBOX：服务器表明自己是模拟服务器；不会创建真实任务
progress-stopping = 正在停止
progress-draining = 正在停止：等待已发出的 { $count } 个请求

## 运行结束

closing-title = 运行 { $run }：{ $state }
closing-title-with-time = 运行 { $run }：{ $state }，用时 { $time }
closing-state-running = 正在运行
closing-state-unfinished = 未完成
closing-state-completed = 已完成
closing-state-interrupted = 已中断
closing-state-aborted = 已提前停止
closing-state-refused = 未发送
closing-sandbox = SANDBOX：没有创建真实任务
closing-outcome-created = 已创建
closing-outcome-incomplete-task = 用户有未完成的任务
closing-outcome-rejected = 被服务器拒绝
closing-outcome-failed = 未送达
closing-outcome-unresolved = 是否创建未知
closing-outcome-skipped = 已跳过
closing-outcome-pending = 待发送
closing-outcome-invalid = 无效
closing-example = 例如：{ $message }
closing-more-reasons = ……另有 { $count } 种原因，见 results.csv
closing-fix-sheet = 待修正的行已在 fix.xlsx 中标出：请在其中修正，然后用相同的参数上传该文件
closing-invalid-rows = 无效的行列在 results.csv 中，注明位置、原因和修正办法
closing-not-conserved = 行数对不上；这是本程序的缺陷，请报告
closing-reports = 报告：{ $folder }

## runs, report

runs-run = 运行
runs-started = 开始时间
runs-state = 状态
runs-tasks = 任务
runs-created = 已创建
runs-not-created = 未创建
runs-file = 文件
runs-by = 操作人
runs-none = { $ledger } 中还没有运行记录
runs-no-run-yet = { $ledger } 中还没有运行记录
runs-no-such-run = { $ledger } 中没有运行 { $run }
runs-see-runs = 查看运行记录：incs-import runs；用 --ledger PATH 指定其他台账

## resume

resume-nothing = 没有可继续的运行
resume-nothing-recent = 在 --max-age 范围内没有可继续的运行；更早的运行 { $run }（{ $time }）尚未完成：incs-import resume { $run }
resume-owner-first = 运行 { $later } 要等运行 { $run } 的任务是否创建有了结果，因此先继续后者；之后请再执行一次：incs-import resume
resume-nothing-left = 没有可继续的内容：运行 { $run } 已全部处理完毕
resume-reports-missing = { $folder } 中缺少其报告，正在重新写入
resume-begins = 继续运行 { $run }：还剩 { $count } 个任务，其中 { $doubts } 个是否创建未知
resume-dry-run = 试运行：将向 { $server } 发送运行 { $run } 的 { $count } 个任务；没有发送或记录任何内容
resume-dry-run-with-doubts = 试运行：将向 { $server } 发送运行 { $run } 的 { $count } 个任务，另有 { $doubts } 个是否创建未知，会先查询；没有发送或记录任何内容
resume-ended-stand-in = 运行 { $run } 发往的模拟服务器已随其进程结束
resume-mend-ended-stand-in = 请用 --sandbox 重新上传列表；没有创建真实任务
resume-no-stand-in = 运行 { $run } 属于 { $server }，而不是模拟服务器
resume-mend-no-stand-in = 要在该服务器上继续，请添加 --sandbox=false
resume-unknown-run = 该台账中没有运行 { $run }
resume-refused-run = 运行 { $run } 在发送之前就被拦下，无法继续
resume-mend-refused-run = 请修正列表后重新上传
resume-bad-server = 该运行的服务器地址：{ $why }
resume-mend-bad-server = 台账已损坏；请保留以便检查
resume-other-server = 运行 { $run } 属于 { $server }，而不是 { $other }
resume-mend-other-server = 请去掉该参数：运行的服务器不能更改
resume-other-server-ignored = 运行 { $run } 属于 { $server }，而不是 { $place } 所指的 { $other }；使用该运行自己的服务器
resume-no-settings = 台账没有说明该运行的设置：{ $error }
resume-mend-no-settings = 请重新上传列表：已创建的会跳过，是否创建未知的会先查询
resume-bad-rate = 该运行的速率 { $rate }：{ $why }
resume-mend-bad-rate = 请用 --rate N/s 指定

## resolve

resolve-taken = 任务 { $id } 已记录为其他用户或其他运行的任务
resolve-look-again = 请在 INCS 中重新确认哪个任务属于该用户
resolve-recorded = 已记录：任务 { $id } 就是运行 { $run } 中 { $phone } 的任务
resolve-recorded-absent = 已记录：运行 { $run } 没有为 { $phone } 创建任务；发送：incs-import resume { $run }
resolve-no-phone = { $text } 不是手机号
resolve-mend-phone = 请按 results.csv 中的写法填写手机号，包括国家代码
resolve-no-task = 运行 { $run } 中没有 { $phone } 的任务
resolve-doubt-elsewhere = { $phone } 是否创建的疑问属于运行 { $run }
resolve-mend-doubt-elsewhere = 请对该运行执行：incs-import resolve { $run } --phone { $phone } ...
resolve-no-doubt = { $phone } 的任务没有疑问：其结果为 { $outcome }
resolve-mend-no-doubt = 请查看该运行的 results.csv
resolve-cannot-ask = 无法向服务器查询任务 { $id }：{ $why }
resolve-mend-cannot-ask = 没有任何更改：服务器恢复应答后请重试
resolve-token-refused = 服务器拒绝了令牌
resolve-no-such-task = 服务器上没有任务 { $id }
resolve-mend-other-task = 请在 INCS 中重新确认；如果该用户没有任务，请使用 --absent
resolve-other-content = 任务 { $id } 属于该手机号，但名称或授权不同
resolve-other-phone = 任务 { $id } 属于其他手机号
resolve-no-reports = 无法重新写入报告：{ $error }；之后执行：incs-import report

## sandbox

sandbox-mend-chances = 请调低其中一些；每个都是占全部 POST 的比例
sandbox-no-audit = 无法打开审计文件 { $file }：{ $error }
sandbox-no-requests = 无法打开请求记录文件 { $file }：{ $error }
sandbox-mend-start = 请用 --port N 选择其他端口（0 表示任意空闲端口），或指定可写入的文件
sandbox-nothing-real = 这里不会创建真实任务；按 Ctrl-C 停止
sandbox-created = 共创建 { $count } 个任务

## 令牌

token-hint = 请将令牌单独放入 INCS_TOKEN，或写在 --token-file 所指文件的唯一一行中
token-none = 没有令牌：没有令牌无法访问服务器
token-file = 令牌文件 { $file }
token-unreadable = 无法读取：{ $error }
token-others-can-read = 其他用户可以读取令牌文件 { $file }；请执行以下命令保护令牌：chmod 600 { $file }
token-empty = 其中没有令牌
token-too-long = 其中的内容比任何令牌都长
token-several-lines = 其中不止一行
token-with-bearer = 其中含有 Bearer 一词；只需要令牌本身
token-not-ascii = 其中的内容不是令牌：含有空格或非 ASCII 字符
token-on-command-line = 令牌不能写在命令行上，否则本机其他用户可以看到：请使用 INCS_TOKEN 或 --token-file PATH

## 配置文件和设置

config-cannot-read = 无法读取配置文件 { $file }：{ $why }
config-no-such-file = 没有该文件
config-name-file = 请指定正确的配置文件
config-mend-unreadable = 请设为可读，或用 --config 指定其他文件
config-ignored = 已忽略 { $file }：{ $why }。如果您信任它：--config { $file }，或用 chown 和 chmod go-w 将其归您所有
config-owner-unknown = 无法得知其所有者
config-other-owner = 它属于其他用户（id { $id }）
config-others-can-write = 其他用户可以写入（权限 { $mode }）
config-too-long = 大于 1 MiB，因此不是配置文件
config-not-utf8 = 不是 UTF-8 文本
config-save-as-utf8 = 请用文本编辑器另存为 UTF-8
config-not-toml = 此处不是有效的 TOML：{ $error }
config-no-profile-here = [profile] 中只能是配置方案，而 `{ $name }` 不是
config-mend-profile = 请将配置方案的键写在 [profile.{ $name }] 下
config-section-not-key = `{ $section }` 是小节，不是键
config-mend-section = 请将 { $heading } 单独写一行，其键写在下面
config-wrong-section = `{ $key }` 不属于 { $heading }
config-move-key = 请移到 { $heading } 下
config-profile-in-profile = 配置方案中不能再选择配置方案
config-remove-line = 请删除此行
config-key-twice = `{ $key }` 在此处和第 { $line } 行重复出现
config-remove-one = 请删除其中一个
config-token-in-file = 令牌不应写在配置文件中
config-mend-token-in-file = 请使用 INCS_TOKEN，或写入单独的文件并用 token_file 指定
config-unknown-section = 未知的小节 `{ $name }`{ $meant }
config-unknown-key = 未知的键 `{ $name }`{ $meant }
config-write-or-remove = 请改为 `{ $name }`，或将其删除
config-remove-unknown = 请将其删除；键名与命令行参数相同，用 _ 代替 -
settings-place-in-profile = { $file } 的 [profile.{ $name }]
settings-no-profile-no-file = 没有配置方案 `{ $name }`：未找到配置文件
settings-name-profile-file = 请用 --config PATH 指定含有 [profile.{ $name }] 的文件
settings-no-profile = { $file } 中没有配置方案 `{ $name }`{ $meant }
settings-write-profile = 请在 [profile.{ $name }] 下编写
settings-profiles-are = 可用的配置方案：{ $names }
settings-disarmed = 已忽略 { $place }：仅位于工作文件夹中的文件不能决定任务和令牌的去向。请使用 { $flag }{ $own }，或 --config { $file }
settings-flag-or-variable = { $flag } 或 { $variable }
settings-move-to-own = ，将其移到 { $file }
settings-two-columns = { $field } 指定了两个列
settings-keep-one = 请只保留一个
settings-contradiction = { $one } 与 { $other } 互相矛盾
settings-bad-base-url = 服务器地址：{ $why }
settings-mend-base-url = 写法示例：https://api.incsapp.com
settings-no-ledger-place = 没有存放台账的位置：该用户没有状态文件夹
settings-name-ledger = 请用 --ledger PATH 或 INCS_IMPORT_LEDGER 指定文件
settings-stdin-twice = 标准输入（-）只能读取一次
settings-name-stdin-once = 请只写一次 -
settings-input-and-tables = 同时指定了 INPUT 与 --users 或 --orders
settings-users-without-orders = 有用户表，但没有订单表
settings-add-orders = 请添加 --orders PATH，或不用 --users 而将文件作为 INPUT
settings-orders-without-users = 有订单表，但没有用户表
settings-add-users = 请添加 --users PATH，或不用 --orders 而将文件作为 INPUT
settings-no-list = 没有要读取的列表
settings-name-list = 请指定文件、用 - 表示标准输入，或同时使用 --users 和 --orders

## 值的格式

value-wants = 应为：{ $what }
value-did-you-mean = ；您是否想输入 { $word }？
value-wants-text = 文本
value-wants-path = 应为路径，不能是空文本
value-wants-whole-from = 整数，不小于 { $least }
value-wants-whole-between = { $least } 到 { $most } 的整数
value-wants-several = { $what }；多个用逗号分隔
value-empty-between-commas = 两个逗号之间没有内容
value-wants-duration = 时长，例如 60s、1m30s、20h 或 2d
value-needs-unit = 需要单位：{ $one }、{ $two } 或 { $three }
value-duration-too-long = 超过 100 年
value-duration-zero = 必须大于零
value-duration-too-short = 不得短于 { $least }
value-wants-deadline = 时长，例如 2h；或时刻，例如 06:00
value-wants-rows = 预期的行数，例如 412、5000..20000、5000.. 或 ..20000
value-rows-reversed = 较大的一端写在了前面
value-wants-rate = 速率，例如 10/s、600/m 或 36000/h
value-rate-zero = 不能为零
value-rate-too-high = 不能超过 { $most }/s
value-wants-zone = IANA 时区名称，例如 Asia/Jakarta
value-wants-one-of = { $words } 之一
value-wants-field = 字段名，例如 user_phone
value-wants-percentage = 0 到 100 的百分比，最多两位小数
value-wants-delimiter = , ; | tab 之一
value-wants-country-code = 国际电话区号，例如 62
value-wants-uuid = UUID，例如 019d3dcd-f5a8-70e7-aff8-c54bde267f38
value-wants-auth-id = 授权 id，一个整数，例如 30058
value-auth-id-too-large = 不能大于 { $most }：读取 JSON 的程序会把更大的数字舍入
value-wants-mapping = FIELD=COLUMN，例如 user_phone=C
value-no-column = 没有为 { $field } 指定列
value-wants-probability = 0 到 1 的概率，例如 0.05
value-wants-redirect = 重定向状态码，300 到 399
value-wants-offset = 与 UTC 的时差，-12:00 到 +14:00，以一刻钟为单位，例如 +08:00
value-wants-ahead = 时钟快（+90s）或慢（-26h）多少
value-url-without-scheme = 必须以 https:// 开头
value-url-unreadable = 无法识别（{ $error }）
value-url-not-https = 必须使用 https：通过 http 传输时，途中任何人都能读到令牌
value-url-other-scheme = 必须以 https:// 开头（本机可用 http://）
value-url-with-user = 不能包含用户名或密码
value-url-with-query = 不能包含 `?` 或 `#`

## 用法错误

usage-bad-value = “{ $value }”不能用于 { $argument }：{ $why }
usage-no-value = { $argument } 缺少值
usage-unknown-argument = 未知的参数 { $argument }{ $meant }
usage-unknown-command = 未知的命令 { $command }{ $meant }
usage-missing = 缺少必需的参数：{ $arguments }
usage-conflict = { $one } 与 { $other } 不能同时使用
usage-see-help = 用 --help 查看用法

## template

template-is-there = { $file } 已存在
template-mend-is-there = 请指定其他文件，或删除该文件
template-written = 空白列表已写入 { $file }：每行一个订单，或一个用户
template-example = 例如：{ $example }
template-too-long = 服务器最多接受 256 个字符。
template-whole = 此处应为大于零的整数。
template-amount = 此处应为零或更大的金额。
template-date = 此处应为日期，例如 2026-04-15。
template-user-phone =
    用户的 WhatsApp 号码，带 + 和国家代码（或以 0 开头并使用 --country-code）。
    一个用户一个任务：同一号码的各行是该用户的订单。
template-assignee-username =
    接收任务的坐席账号。
    如全部留空：请用 --assignee NAME[,NAME...] 指定。
template-name =
    任务名称，最多 256 个字符。
    如全部留空：请用 --name TEXT 指定。
template-auth-id =
    WhatsApp 授权 id，一个整数。
    如全部留空：请用 --auth-id N 指定。
template-user-name = 用户姓名。
template-description = 给坐席的备注。同一用户各行的不同备注会合并，合计最多 256 个字符。
template-total-amount =
    用户的总金额。
    留空：将其各订单的应还金额相加。
template-module-id =
    显示订单的模块，一个 UUID。
    留空：使用默认模块。
template-order-number =
    订单号。
    没有订单的用户，此列及后面各列留空。
template-username = 订单中的借款人姓名。
template-phone-number = 订单中的手机号。
template-loan-amount = 借款金额，零或更大。
template-due-amount = 应还金额，零或更大。
template-next-due-date = 到期日：2026-04-15。
template-confirm-loan-time = 放款确认时间：2026-03-01 10:00:00。
