# 结果中每一行为何如此结束，以及读取时自动作出的判断。


## 发生了什么

note-at-place = { $place }：{ $message }
note-already-created = 已由运行 { $run } 创建，任务为 { $task }
note-changed-since-created = 运行 { $run } 已为该手机号创建内容不同的任务 { $task }
note-created-later = 之后的运行 { $run } 已为该手机号创建内容不同的任务 { $task }
note-in-doubt-elsewhere = 运行 { $run } 可能已为该手机号创建任务
note-in-doubt-later = 之后的运行 { $run } 可能已为该手机号创建任务
note-server-silent = 服务器没有说明原因
note-not-sent = 无法连接服务器：{ $detail }
note-absent = { $doubt }；服务器的任务列表显示没有创建任何任务
note-busy = 该用户在服务器上有未完成的任务：{ $task }
note-at-server = 服务器上已有此任务：{ $task }
note-at-server-unplaced = 服务器上有相同的任务 { $task }，但其时间无法与本次运行比较

## 为何没有应答却可能已创建

note-with-detail = { $what }：{ $detail }
note-doubt-and-lookup = { $doubt }；{ $lookup }
note-timeout = 未在规定时间内收到应答
note-connection-lost = 收到应答前连接已断开
note-server-error = 服务器出错，状态码 { $status }
note-unreadable-answer = 应答无法识别为已创建的任务
note-foreign-answer = 收到的不是 INCS API 的应答
note-redirected = 服务器返回重定向，状态码 { $status }
note-crossed = 应答属于另一个任务
note-interrupted = 收到应答前程序已结束
note-busy-after-doubt = 该用户有未完成的任务，可能就是之前尝试创建的那一个
note-candidates = 服务器上有 { $count } 个任务可能就是它
note-unplaced = 服务器上有一个任务可能就是它
note-list-unreadable = 无法读取服务器的任务列表：{ $detail }
note-list-no-clock = 无从得知服务器的时间：其响应没有 Date 标头，本次运行也没有任务显示创建时间
note-list-unsteady = 读取时服务器的任务列表一直在变化
note-list-incomplete = 服务器的任务列表缺少确已创建的任务

## 处理办法

note-pending-hint = 用以下命令发送：incs-import resume { $run }
note-refused-hint = 本次运行没有发送任何任务：请修正列表后重新上传
note-already-created-hint = 无需处理；如需更早重复发送相同的任务，请缩短 --dedupe-window
note-in-doubt-elsewhere-hint = 请再次查询服务器：incs-import resume { $run }；或在 INCS 中查看该次运行是否已创建，然后执行：{ $resolve }
note-in-doubt-later-hint = 请先处理那一次运行：incs-import resume { $run }
note-incomplete-task-hint = 请在 INCS 中完成或结束该用户的任务，然后执行：incs-import resume { $run } --retry incomplete_task
note-server-hint = 请修正服务器指出的问题，然后重新上传列表
note-doubt-hint = 重新发送前会先查询：incs-import resume { $run }
note-candidates-hint = 请在 INCS 中查看是其中哪一个：{ $ids }；然后执行：{ $resolve }
note-unresolved-hint = 请再次查询服务器：incs-import resume { $run }；或在 INCS 中查找该手机号，然后执行：{ $resolve }
note-resolving = incs-import resolve { $run } --phone { $phone } --task-id { $id }；如果没有：incs-import resolve { $run } --phone { $phone } --absent
note-not-sent-hint = 没有创建任何任务：请检查网络和 base_url，然后执行：incs-import resume { $run }
note-absent-hint = 重新发送：incs-import resume { $run }
note-busy-hint = 请在 INCS 中完成或结束该任务，然后执行：incs-import resume { $run } --retry incomplete_task
note-at-server-hint = 如果就是同一个任务，则无需处理；只有在 INCS 中确认是另一个任务时，才单独上传这些用户，不带 --preflight
note-at-server-unplaced-hint = 请在 INCS 中查看其时间：如果就是这一次的，则无需处理；如果是以前的任务，请单独上传这些用户，不带 --preflight

## 读取时自动作出的判断

note-read-tabs = 字段以制表符分隔
note-read-delimiter = 字段以 { $mark } 分隔
note-read-encoding = 文本按 { $name } 读取
note-read-guess = 文本不是 UTF-8，现按 { $name } 读取，这只是推测：请查看下面的姓名是否正确
