# الرسائل والإشعارات.
message-from = رسالة من { $sender }
question-from = سؤال من { $sender } عن { $course }
hidden = لديك رسالة جديدة
nothing-unread = لا توجد رسائل غير مقروءة
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

# About somebody's own account. $by is a name, $moment a date with the time.
access-operator = مشغّل هذا الخادم
access-not-you = إذا لم يتم الاتفاق معك على ذلك، فاسأل أحد المسؤولين فورًا واختر كلمة مرور جديدة في Hallway.
access-link-end = لم يرَ أحد غيرك هذا الرابط. إذا لم تطلبه فلا حاجة لفعل أي شيء: تبقى كلمة مرورك كما هي حتى يُستخدم الرابط.
access-link-subject = رابط تسجيل الدخول الخاص بك
access-link = أرسل إليك { $by } رابطًا تختار به كلمة مرور جديدة في { $academy }. يعمل مرة واحدة خلال سبعة أيام:
access-link-made-subject = أُنشئ رابط تسجيل دخول لك
access-link-made = في { $moment } أنشأ { $by } رابط تسجيل دخول لك في { $academy }. من يملكه يستطيع اختيار كلمة مرور جديدة والدخول باسمك.
access-link-spent-subject = استُخدم رابط تسجيل الدخول الخاص بك
access-link-spent = في { $moment } استُخدم رابط تسجيل الدخول الذي أنشأه { $by } لك في { $academy }: اختيرت كلمة مرور جديدة وسُجّل خروجك من كل الأماكن الأخرى.
access-password-set-subject = حُددت لك كلمة مرور
access-password-set = في { $moment } حدّد { $by } كلمة مرورك في { $academy }. اختر كلمة لا يعرفها غيرك: الملف الشخصي، تغيير كلمة المرور.
access-email-changed-subject = تغيّر عنوان بريدك الإلكتروني
access-email-changed = في { $moment } غيّر { $by } عنوان بريدك الإلكتروني في { $academy }. تُرسل روابط تسجيل الدخول لسبعة أيام إلى العنوان السابق، أو حتى تؤكد العنوان الجديد في Hallway.
access-login-changed-subject = تغيّر اسم دخولك
access-login-changed = في { $moment } غيّر { $by } الاسم الذي تسجّل به الدخول في { $academy }.
access-new-device-subject = تسجيل دخول من جهاز جديد
access-new-device = في { $moment } سجّل شخص ما الدخول باسمك في { $academy } من جهاز لم تسجّل الدخول منه من قبل: { $device ->
    [unknown] متصفح غير معروف
   *[other] { $device }
}، الشبكة { $network }.
access-new-device-not-you = إذا كنت أنت من فعل ذلك فلا حاجة لفعل أي شيء. وإلا فافتح ملفك الشخصي، وأنهِ تلك الجلسة ضمن «جلساتي»، وغيّر كلمة مرورك فورًا:
