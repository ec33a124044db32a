# 投放文件夹。

## 文件的结果

inbox-sandbox = SANDBOX：不会创建真实任务，但列表仍会像真实运行后一样被移走：请使用副本
inbox-moved = { $file }：运行 { $run }：{ $counts }；退出码 { $code }，已移至 { $place }
inbox-stays = { $file }：运行 { $run }：{ $counts }；退出码 { $code }，文件留在原处，下次扫描时继续
inbox-gone = { $file }：运行 { $run }：{ $counts }；退出码 { $code }；文件已不在此处，已上传的内容在 { $place }
inbox-replaced = { $file }：运行 { $run }：{ $counts }；退出码 { $code }；期间文件被替换，将作为新列表处理；旧文件已上传的内容在 { $place }
inbox-refused = { $file }：运行 { $run }：没有发送任何任务；退出码 { $code }，已移至 { $place }；原因见 { $why }
inbox-not-now = { $file }：没有发送任何任务；退出码 { $code }，文件留在原处
inbox-dry-run = { $file }：没有发送或移动任何内容（--dry-run）；退出码 { $code }
inbox-no-rows = 没有数据行
inbox-mend-refused = 请修正其中列出的问题，然后重新放入该文件夹
inbox-unrested = { $file } 正在变化：留待下次扫描
inbox-same-content = { $file } 与运行 { $run } 的 { $other } 内容相同：已由该运行创建任务的用户会被跳过

## 不处理的文件

inbox-ignored-extension = 忽略 { $file }：列表的扩展名应为 { $known }
inbox-ignored-link = 忽略 { $file }：不跟随链接
inbox-ignored-special = 忽略 { $file }：不是普通文件
inbox-ignored-name = 忽略 { $file }：文件名不是 UTF-8，请改名

## 出现的问题

inbox-no-folder = 没有文件夹 { $folder }
inbox-mend-no-folder = 请指定一个存在且可读取的文件夹
inbox-mend-folder = 程序需要在该文件夹中写入；请修改其权限或腾出空间
inbox-unreadable = 无法读取文件夹 { $folder }：{ $error }
inbox-no-events = 无法获得文件夹 { $folder } 的变动通知：{ $error }；仍会每隔 { $every } 查看一次
inbox-no-such-flag = 投放文件夹不使用此参数
inbox-mend-report-dir = 请去掉它：各次运行的报告写入该文件夹的 done 或 failed
inbox-mend-two-tables = 请去掉它：文件夹中的每个文件都是一份独立的列表
inbox-not-moved = 无法将 { $file } 移至 { $place }：{ $error }
inbox-mend-not-moved = 请修改文件夹权限；下次扫描会移动它，不会重复发送
inbox-no-claim = 无法在 { $folder }/.incs-import 中记录文件属于哪次运行：{ $error }
inbox-claimed = { $file } 正由另一个进程上传
inbox-claimed-real = 运行 { $run } 尚未完成，且它发送的是真实任务
inbox-mend-claimed-real = 请先不带 --sandbox 扫描一次，将其完成
inbox-claimed-elsewhere = 运行 { $run } 已开始处理此文件，但不在台账 { $ledger } 中
inbox-mend-claimed-elsewhere = 请用该运行的台账扫描；若台账已不存在，请删除 { $file }，并加上 --preflight
inbox-bad-claim = { $file } 没有说明文件属于哪次运行，因此不处理相应文件
inbox-mend-bad-claim = 请用 incs-import runs 确认没有未完成的运行，然后将其删除
