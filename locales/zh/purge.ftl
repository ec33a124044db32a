# 清除旧运行中的个人数据。

purge-nothing = 没有这么早的运行：无需清除
purge-run = 运行 { $run }：已清除 { $count } 个用户的数据，并删除报告文件夹
purge-would = 运行 { $run }：将清除 { $count } 个用户的数据，并删除报告文件夹
purge-doubts = 运行 { $run }：{ $count } 个存疑任务保留电话和内容，查找它们时需要用到
purge-pending = 运行 { $run }：{ $count } 个任务未发送，此运行无法再发送它们
purge-folder = 文件夹 { $folder } 仍在，因此未清除该运行：{ $why }
purge-no-folder = 它不是文件夹
purge-other-folder = 它的名称不是该运行的编号
purge-read = 有程序正在读取账本，其日志中仍有已清除的内容；待其结束后请再次执行 purge
purge-dry-run = 未清除任何内容：去掉 --dry-run 后将清除 { $count } 次运行
purge-done = 已清除 { $count } 次运行；计数、编号和密钥哈希予以保留，以免重复派发任务
purge-forgotten = 运行 { $run } 的个人数据已于 { $at } 清除
purge-no-reports = 其计数见：incs-import runs
purge-no-resume = 未发送的内容已被清除；存疑任务将在下次向该电话上传时查明，或使用：incs-import resolve
purge-not-now = 未能按 --retention 的要求清除旧运行的个人数据：{ $why }
