# 服务器上任务的情况。

# 任务状态（屏幕显示）。
tracking-not-started = 未开始
tracking-in-progress = 进行中
tracking-completed = 已完成
tracking-terminated = 已终止
tracking-other = 其他
tracking-not-found = 未找到
tracking-all = 合计
tracking-assignee = 坐席

# 任务日志的说明。$before 和 $after 是状态。
tracking-log-created = 创建任务
tracking-log-created-by = { $assignee } 创建任务
tracking-log-assigned = 分配任务
tracking-log-assigned-to = 分配给 { $assignee }
tracking-log-status = { $before } -> { $after }
tracking-log-status-by = { $before } -> { $after }（{ $assignee }）
tracking-log-remark = 备注：{ $comment }
tracking-log-remark-by = { $assignee } 备注：{ $comment }

# 查询服务器。
tracking-asking = 正在向 { $server } 查询运行 { $run } 的 { $count } 个任务
tracking-progress = 已读取 { $count } 个任务
tracking-progress-of = 已读取 { $count } / { $total } 个任务
tracking-waiting = { $why }：{ $seconds } 秒后重试
tracking-sandbox = SANDBOX：该服务器是模拟服务器，所示内容均非真实数据
tracking-not-a-task = 列表中有不是任务的内容
tracking-status = 状态码 { $status }
tracking-status-with-words = 状态码 { $status }：{ $message }
tracking-foreign-answer = 返回的页面不是 API 的应答，可能是登录页
tracking-other-task = 查询任务 { $id }，返回的却是其他任务
tracking-token-refused = { $server } 拒绝了令牌
tracking-server-failed = 无法查询 { $server }：{ $why }
tracking-server-failed-hint = 未做任何更改：请待服务器恢复后重试

# track
tracking-title = 运行 { $run }：{ $server } 上的 { $count } 个任务（{ $requests } 次请求）
tracking-last-remark = 最新备注：{ $at } { $phone }（{ $assignee }）：{ $comment }
tracking-not-found-words = 有 { $count } 个任务已不在列表中：可能有人在 INCS 中删除了
tracking-files = 已写入：{ $files }
tracking-requests = 共 { $count } 次请求
tracking-nothing-created = 运行 { $run } 没有创建任务，无需查询
tracking-all-purged = { $ledger } 中创建过任务的运行都已不再保存用户信息：已由 purge 清除
tracking-no-run = { $ledger } 中还没有创建过任务的运行
tracking-own-sandbox-hint = 要跟踪模拟任务，请先启动 incs-import sandbox，再用 --base-url 上传到它的地址
tracking-purged-hint = 其任务仍在服务器上：incs-import tasks

# tasks
tracking-wants-status = 0 not_started、1 in_progress、2 completed 或 3 terminated
tracking-wants-time = 时间（如 2026-04-07 17:00:00）或日期（如 2026-04-07）
tracking-no-tasks = 没有符合条件的任务
tracking-page = 第 { $page } 页：{ $count } 个，共 { $total } 个任务
tracking-history = 日志（{ $count } 条）：
tracking-restless = 读取期间列表一直在变化，可能有遗漏的任务
tracking-restless-hint = 请重试，或缩小范围：--start-at、--end-at，或用 --page 只取一页
tracking-out-form = { $path } 既不是 .csv 也不是 .xlsx
tracking-out-form-hint = 请指定 tasks.csv 或 tasks.xlsx 这样的文件名
tracking-out-folder = { $folder } 不是可以写入文件的文件夹
tracking-out-written = 已将 { $count } 个任务写入 { $path }
tracking-out-hint = 请选择其他位置，或腾出空间
tracking-times-crossed = --start-at 晚于 --end-at
tracking-times-crossed-hint = 请把较早的时间写在 --start-at
tracking-zone-unknown = { $server } 的时区未知：需要从上传到该服务器的任务中得知
tracking-zone-unknown-hint = 请去掉 --time-zone，按服务器时钟（即其任务显示的时间）填写
