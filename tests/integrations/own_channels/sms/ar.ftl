label = رسالة نصية
