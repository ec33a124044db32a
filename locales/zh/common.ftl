# 多个界面共用的词句。

counted-tasks = { $count } 个任务

comma = 、
