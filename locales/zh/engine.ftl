# 发送任务时发生的情况，以及运行停止的原因。

## 运行提前停止的原因

engine-interrupted = 运行被中断
engine-deadline = 已在截止时间停止
engine-token-refused = 服务器拒绝了令牌
engine-token-refused-words = 服务器拒绝了令牌：{ $words }
engine-token-unclear = 服务器返回 401 或 403，但没有说明令牌是否有效
engine-wrong-server = 这不是 INCS API：创建任务时它返回了状态码 { $status }
engine-foreign-answer = 这不是 INCS API：返回的是网页而不是 API 应答，例如登录页或网络认证页
engine-crossed-answers = 收到的应答属于另一个任务：本程序与服务器之间有环节把应答弄混了
engine-equal-rejections = 连续 { $count } 个任务以相同理由被拒绝：{ $words }
engine-equal-rejections-unexplained = 连续 { $count } 个任务被拒绝，且没有说明理由
engine-equal-rejections-code = 连续 { $count } 个任务被拒绝，且没有说明理由（代码 { $code }）
engine-retry-later = 服务器要求 { $seconds } 秒内不再发送请求
engine-list-unreadable = 发送前无法读取服务器上的任务列表：{ $why }
engine-throttled-throughout = 服务器连续 30 分钟只返回 429
engine-server-down = 服务器持续出错：{ $why }
engine-bug = 程序的一个部分出错：{ $why }

## 相应的处理办法

engine-go-on = 继续运行：{ $resume }
engine-mend-token = 请将有效的令牌放入 INCS_TOKEN 或 --token-file，然后执行：{ $resume }
engine-mend-server = 请检查服务器地址以及中间的代理或网络认证，然后执行：{ $resume }
engine-mend-crossed-answers = 请通知服务器管理员；修复后用以下命令查询可能已创建的任务：{ $resume }
engine-mend-rejections = 请修正服务器指出的问题（常见的是 --auth-id 或坐席账号），然后重新上传列表；如果是服务器的问题：{ $resume } --retry rejected
engine-go-on-later = 请在 { $minutes } 分钟后或更晚继续：{ $resume }
engine-go-on-slower = 请稍后继续：{ $resume }；如果再次出现，请降低 --rate
engine-mend-list = 没有发送任何任务；任务列表可以读取后执行：{ $resume }
engine-mend-network = 请检查网络和服务器，然后执行：{ $resume }
engine-report-bug = 请报告此问题；可能已发送的任务会先查询再发送：{ $resume }

## 服务器的情况

engine-no-answer-in-time = 未在规定时间内收到应答
engine-answer-too-large = 应答过大（状态码 { $status }）
engine-status = 状态码 { $status }
engine-not-the-api = 收到的不是 API 应答
engine-list-unlike = 任务列表的格式与 API 说明不符：{ $error }
engine-list-without-total = 任务列表没有给出任务总数
engine-list-without-id = 列表中有任务缺少 id
engine-client-setup = 无法初始化 HTTP 客户端：{ $error }
engine-token-not-a-header = 令牌中含有请求头不允许的字符
engine-base-url-without-path = 该服务器地址不能带路径

## 台账

ledger-cannot-open = 无法打开台账 { $file }：{ $error }
ledger-newer = 台账 { $file } 由更新版本的程序创建（结构版本 { $found }，本程序支持到 { $known }）
ledger-failed = 台账出错：{ $error }
ledger-gone = 运行过程中台账 { $file } 被移动或删除
ledger-damaged = 台账已损坏：{ $error }
ledger-several-names = 该文件有多个名称（硬链接），分别使用这些名称的运行无法互相知晓
ledger-mend-open = 请用 --ledger PATH 选择可写的位置，或修正文件夹权限
ledger-mend-newer = 请使用更新版本的程序，或用 --ledger PATH 指定其他文件
ledger-mend-failed = 请释放磁盘空间或修复磁盘；已发送的内容在磁盘允许的范围内都有记录，不会重复发送
ledger-mend-gone = 如有可能请将其放回原处；否则在重新上传列表之前，请先在 INCS 中查看已创建的任务：程序没有其他记录
ledger-mend-damaged = 请保留该文件以便检查，并用 --ledger PATH 指定其他文件
ledger-held-by-run = 运行 { $run } 正在使用台账（主机 { $host } 上的进程 { $pid }）
ledger-held-by-process = 另一个运行正在使用台账（主机 { $host } 上的进程 { $pid }）
ledger-held = 另一个运行正在使用台账
