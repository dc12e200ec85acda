# الرسائل والإشعارات.
message-from = رسالة من { $sender }
question-from = سؤال من { $sender } عن { $course }
hidden = لديك رسالة جديدة
unread-chats = { $count ->
    [zero] لا محادثات غير مقروءة
    [one] محادثة واحدة فيها رسائل غير مقروءة
    [two] محادثتان فيهما رسائل غير مقروءة
    [few] { $count } محادثات فيها رسائل غير مقروءة
   *[other] { $count } محادثة فيها رسائل غير مقروءة
  }
earlier = { $count ->
    [one] رسالة أقدم لا تظهر هنا.
    [two] رسالتان أقدم لا تظهران هنا.
    [few] { $count } رسائل أقدم لا تظهر هنا.
   *[other] { $count } رسالة أقدم لا تظهر هنا.
  }
open-chat = افتح المحادثة
answer-above = اكتب ردك فوق هذا السطر
why = وصلك هذا لأن لديك رسائل غير مقروءة في { $academy }.
choose = اختر ما تُبلَّغ به
stop = لا ترسلوا مثل هذه الرسائل

# الردود على البريد.
returned-subject = لم يُرسل ردك
returned-files-subject = لم تُرسل ملفاتك
returned-greeting = مرحبًا { $name }،
returned-not-yours = جاء ردك من عنوان غير العنوان المعروف لك هنا. اكتب من ذلك العنوان أو أجب في المحادثة.
returned-old = العنوان الذي أجبت عليه لم يعد صالحًا. أجب في المحادثة.
returned-empty = لم يكن في ردك نص فوق الرسالة المقتبسة. اكتبه فوقها أو أجب في المحادثة.
returned-too-long = ردك أطول مما تسمح به الرسالة ({ $count } حرفًا). اختصره أو أجب في المحادثة على أجزاء.
returned-refused = لم يُرسل ردك. { $because }
returned-files = أُرسل النص ولم تُرسل الملفات: الرسائل لا تقبل ملفات بعد. ضعها حيث يستطيع الآخر الحصول عليها واكتب أين هي.
returned-only-files = كان في بريدك ملفات بلا نص. الرسائل لا تقبل ملفات بعد، فلم يُرسل شيء.
returned-text = ما كتبته:

# لماذا رُفض الرد.
denial-messaging_off = المراسلة الخاصة متوقفة. محادثاتك محفوظة.
denial-other_removed = أُزيل { $name } من الحساب. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-other_deactivated = عُطّل حساب { $name }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-other_not_expert = لم يعد { $name } خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-you_not_expert = لم تعد خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-neither_may_write = لا يحق لأي منكما حاليًا الكتابة إلى الآخر. المحادثة محفوظة.
denial-no_relation = لا يحق لك أن تكتب أولاً إلى { $name }.
denial-you_not_active = حسابك غير نشط.

# A page by an address that is not Hallway's. $host is what the browser asked for.
unknown-host-title = لا يعرف Hallway هذا العنوان
unknown-host-what = وصلت عبر “{ $host }”، وهو ليس عنوانًا لهذا الخادم. لم يتغير شيء.
unknown-host-remedy = إذا كنت تدير هذا الخادم: اضبط HALLWAY_PUBLIC_URL على العنوان الذي يكتبه الناس، مثل https://learn.example.org، واضبط HALLWAY_OTHER_URLS على العناوين الأخرى التي تؤدي إلى هنا، ثم أعد تشغيله.
