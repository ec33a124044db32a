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
