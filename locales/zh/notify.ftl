# 通知：发到群里的内容、通知失败的原因，以及配置文件的 [notify] 节。

## 通知正文

notify-headline = incs-import { $command }（{ $host }）：{ $what }（退出码 { $code }）
notify-headline-profile = incs-import { $command }（{ $host }，配置方案 { $profile }）：{ $what }（退出码 { $code }）
notify-well = 全部完成
notify-well-again = 已恢复正常，全部完成
notify-something-left = 【已结束，但有需要处理的内容】
notify-nothing-sent = 【未发送任何任务】
notify-stopped = 【提前停止】
notify-locked = 【未发送任何任务】台账正被另一次运行占用
notify-interrupted = 【已中断】
notify-files-counts-run = { $files }：{ $counts }（运行 { $run }）
notify-counts-run = { $counts }（运行 { $run }）
notify-files-run = { $files }（运行 { $run }）
notify-run = 运行 { $run }
notify-more-files = { $files } 等，另有 { $count } 个文件
notify-why-and-mend = { $why }；处理办法：{ $mend }
notify-reports = 报告：{ $folder }
notify-trial = incs-import（{ $host }）：这是通过 doctor --notify 发出的【测试】通知。没有运行结束，无需处理。
notify-bug = 程序缺陷导致运行终止

## 通知失败

notify-not-told = 未能通过 { $to } 发出通知：{ $why }
notify-the-webhook = webhook
notify-status-and-words = 状态 { $status }：{ $said }
notify-robot-refused = 对方拒绝（{ $code }）：{ $said }
notify-command-not-started = 无法启动：{ $error }
notify-command-too-slow = 用时超过 { $seconds } 秒，已被终止
notify-command-failed = 以 { $code } 退出
notify-command-killed = 被信号终止
notify-secret-empty = 其中没有内容
notify-secret-too-long = 其中的内容比任何地址或请求头都长
notify-secret-odd = 其中的内容不是一行普通字符
notify-mend-variable = 请把密钥放入变量 { $name }
notify-mend-file = 请把密钥单独写入 { $file }
notify-authorization-over-http = { $host } 使用 http：途中任何人都能读到请求头 Authorization
notify-mend-authorization-over-http = 请使用 https 地址，或去掉 authorization_file 和 authorization_env

## [notify] 节

notify-bad-url = webhook 的地址{ $why }
notify-mend-url = 请填写群聊中显示的完整地址，例如 https://hooks.example.com/services/...
notify-url-scheme = 必须以 https:// 或 http:// 开头
notify-url-user = 不能包含用户名或密码；请使用 authorization_file
notify-wants-body = 需要 JSON 文本，其中可用 {"{text}"} 等占位符
notify-body-not-json = 第 { $line } 行第 { $column } 列不是有效的 JSON；占位符要写在文本里：{"{"}"text": "{"{text}"}"{"}"}
notify-body-open = 有未闭合的 {"{"}；花括号本身请写成 {"{{"}
notify-body-unknown = 没有占位符 {"{"}{ $name }{"}"}{ $meant }；可用的有：{ $names }
notify-key-outside = `{ $key }` 只能写在所属的节中
notify-its-keys = 请将其删除；该节的设置项有：{ $names }
notify-not-trusted = 仅位于工作文件夹中的文件不能决定通知谁，也不能决定运行什么命令
notify-ignored = 已忽略 { $place }：{ $why }。要使其生效：{ $mend }
notify-mend-ignored = 移到 { $own }，或使用 --config { $file }
notify-mend-ignored-homeless = 使用 --config { $file }

notify-key-on = 何时通知：change（退出码与上一次结束时不同）或 end（每次结束）
notify-key-webhook = 接收 POST 的地址；它是密钥，最好放在单独的文件或变量中
notify-key-webhook-file = 存放该地址的文件，代替 webhook
notify-key-webhook-env = 存放该地址的变量，代替 webhook
notify-key-authorization-file = 存放请求头 Authorization 的值的文件，例如 Bearer 加令牌
notify-key-authorization-env = 存放该值的变量，代替 authorization_file
notify-key-body = POST 的 JSON，其文本中可用占位符；不设置时发送包含全部信息的 JSON 对象
notify-key-command = 程序及其参数；程序从标准输入读取 JSON 对象

## doctor 的说明

notify-silent = 运行结束时不通知任何人
notify-webhook-ready = webhook 位于 { $host }
notify-command-ready = 命令 { $program }
notify-over-http = webhook 位于 { $host }，使用 http：途中任何人都能读到通知内容和地址
notify-mend-over-http = 请使用 https 地址，除非双方都在您信任的网络中
notify-others-can-read = { $file } 可被他人读取
notify-no-program = 没有可以启动的程序 { $program }
notify-mend-no-program = 请写出程序的完整路径，其后是参数：command = ["/usr/local/bin/page", "--urgent"]
notify-webhook-took-it = webhook 已接收测试通知
notify-command-took-it = 命令已接收测试通知
notify-nobody-to-tell = 没有设置通知对象
notify-mend-nobody-to-tell = 请在配置文件的 [notify] 中设置 webhook、webhook_file、webhook_env 或 command
notify-mend-not-told = 请更正配置文件中的 [notify]，然后再检查：incs-import doctor --notify
