# الرسائل والإشعارات.
message-from = رسالة من { $sender }
question-from = سؤال من { $sender } عن { $course }
hidden = لديك رسالة جديدة
files = { $count ->
    [one] ملف: { $names }
   *[other] ملفات: { $names }
  }
nothing-unread = لا توجد رسائل غير مقروءة
unread-chats = { $count ->
    [zero] لا محادثات غير مقروءة
    [one] محادثة واحدة فيها رسائل غير مقروءة
    [two] محادثتان فيهما رسائل غير مقروءة
    [few] { $count } محادثات فيها رسائل غير مقروءة
   *[other] { $count } محادثة فيها رسائل غير مقروءة
  }
earlier = { $count ->
    [one] رسالة واحدة أقدم لا تظهر هنا.
    [two] رسالتان أقدم لا تظهران هنا.
    [few] { $count } رسائل أقدم لا تظهر هنا.
   *[other] { $count } رسالة أقدم لا تظهر هنا.
  }
open-chat = فتح المحادثة
answer-above = اكتب ردك فوق هذا السطر
why = وصلك هذا لأن لديك رسائل غير مقروءة في { $academy }.
choose = إعدادات الإشعارات
stop = إلغاء الاشتراك

# الردود على البريد.
returned-subject = لم يُرسل ردك
returned-files-subject = لم تُرسل ملفاتك
returned-greeting = مرحبًا { $name }،
returned-not-yours = جاء ردك من عنوان غير العنوان المسجّل في ملفك الشخصي. أجب من ذلك العنوان أو في المحادثة.
returned-old = العنوان الذي أجبت عليه لم يعد صالحًا. أجب في المحادثة.
returned-empty = لم يكن في ردك نص فوق الرسالة المقتبسة. اكتبه هناك أو أجب في المحادثة.
returned-too-long = ردك أطول مما تسمح به الرسالة ({ $count } حرفًا). اختصره أو أرسله في المحادثة على أجزاء.
returned-changed = أرسل برنامج بريدك هذه الرسالة مرتين بنصين مختلفين، ولم يُنشر إلا الأول. إذا كان في هذا النص شيء جديد، فأجب في المحادثة.
returned-refused = لم يُرسل ردك. { $because }
returned-files = أُرسل ردّك، لكن لم تُرسل كل ملفاته{ $names ->
    [none] {""}
   *[other] {": "}{ $names }
  }. أرفقها في المحادثة، وهناك ترى السبب.
returned-only-files = لم يكن في بريدك نص، وتعذّر إرسال ملفاته{ $names ->
    [none] {""}
   *[other] {": "}{ $names }
  }. لم يُرسل شيء. أرفقها في المحادثة، وهناك ترى السبب.
returned-text = كتبت:

# لماذا رُفض الرد.
denial-messaging_off = المراسلة الخاصة متوقفة. محادثاتك محفوظة.
denial-other_removed = أُزيل { $name } من الحساب. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-other_deactivated = عُطّل حساب { $name }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-other_not_expert = لم يعد { $name } خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-you_not_expert = لم تعد خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
denial-neither_may_write = لا يمكن لأي منكما الكتابة إلى الآخر حاليًا. المحادثة محفوظة.
denial-no_relation = لا يمكنك بدء محادثة مع { $name }.
denial-you_not_active = حسابك غير نشط.

# Shown at an address that isn't Hallway's. $host is what the browser asked for.
unknown-host-title = عنوان غير معروف
unknown-host-what = لا يستجيب Hallway على “{ $host }”. لم يتغير شيء.
unknown-host-remedy = إذا كنت تدير هذا الخادم، فاضبط HALLWAY_PUBLIC_URL على العنوان الذي يكتبه الناس، مثل https://learn.example.org، واضبط HALLWAY_OTHER_URLS على العناوين الأخرى التي تؤدي إلى هنا. ثم أعد تشغيل Hallway.
suspended-title = موقوف
suspended-what = تم إيقاف “{ $host }”. لم يُحذف شيء.
suspended-remedy = اسأل من يدير هذا الخادم.

# About a person's own account. $by is a name, $moment a date with the time.
access-operator = مشغّل هذا الخادم
access-not-you = إذا لم تكن تتوقع ذلك، فأخبر أحد المديرين فورًا واختر كلمة مرور جديدة في Hallway.
access-link-end = لم يرَ أحد غيرك هذا الرابط. إذا لم تطلبه فتجاهل هذه الرسالة: تبقى كلمة مرورك كما هي ما لم يُستخدم الرابط.
access-link-subject = رابط الدخول الخاص بك
access-link = أرسل إليك { $by } رابطًا لاختيار كلمة مرور جديدة في { $academy }. يعمل مرة واحدة خلال سبعة أيام:
access-link-made-subject = أُنشئ رابط دخول لك
access-link-made = في { $moment } أنشأ { $by } رابط دخول لك في { $academy }. من يملكه يستطيع اختيار كلمة مرور جديدة والدخول باسمك.
access-link-spent-subject = استُخدم رابط الدخول الخاص بك
access-link-spent = في { $moment } اختيرت كلمة مرور جديدة باستخدام رابط الدخول الذي أنشأه { $by } لك في { $academy }. تم تسجيل خروجك من كل الأجهزة الأخرى.
access-password-set-subject = حُددت لك كلمة مرور
access-password-set = في { $moment } حدّد { $by } كلمة مرورك في { $academy }. اختر كلمة لا يعرفها غيرك من «تغيير كلمة المرور» في ملفك الشخصي.
access-email-changed-subject = تغيّر عنوان بريدك الإلكتروني
access-email-changed = في { $moment } غيّر { $by } عنوان بريدك الإلكتروني في { $academy }. تُرسل روابط الدخول إلى عنوانك السابق لسبعة أيام، أو حتى تؤكد العنوان الجديد في Hallway.
access-login-changed-subject = تغيّر اسم دخولك
access-login-changed = في { $moment } غيّر { $by } اسم دخولك في { $academy }.
access-new-device-subject = تسجيل دخول جديد إلى حسابك
access-new-device = في { $moment } سجّل شخص ما الدخول إلى حسابك في { $academy } من جهاز جديد: { $device ->
    [unknown] متصفح غير معروف
   *[other] { $device }
  }، الشبكة { $network }.
access-new-device-not-you = إذا كنت أنت من فعل ذلك فلا حاجة لفعل أي شيء. وإلا فأنهِ تلك الجلسة ضمن «جلساتي» في ملفك الشخصي وغيّر كلمة مرورك فورًا:

# Invitations and forgotten passwords.
access-invitation-subject = دعوة من { $by } للانضمام إلى { $academy }
access-invitation = أضافك { $by } إلى { $academy }. اختر كلمة مرورك من هنا لتسجيل الدخول. يعمل الرابط مرة واحدة خلال سبعة أيام:
access-invitation-end = هل انتهت صلاحيته؟ اطلب رابطًا جديدًا من { $by }. وإذا كنت لا تعرف { $academy } فتجاهل هذه الرسالة: لن يحدث شيء ما لم يُستخدم الرابط.
access-forgotten-subject = اختر كلمة مرور جديدة
access-forgotten = طلب شخص ما كلمة مرور جديدة لحسابك في { $academy }. إذا كنت أنت، فاخترها من هنا. يعمل الرابط مرة واحدة خلال يوم واحد:
access-forgotten-end = إذا لم تكن أنت، فتجاهل هذه الرسالة: تبقى كلمة مرورك كما هي.
access-renewed-subject = تغيّرت كلمة مرورك
access-renewed = في { $moment } اختيرت كلمة مرور جديدة لحسابك في { $academy } برابط أُرسل إلى هذا العنوان، وسُجّل خروجك من كل الأماكن الأخرى.
access-renewed-not-you = إذا لم تكن أنت، فهناك من يقرأ بريدك. أمّن صندوق بريدك، ثم اطلب من أحد المديرين رابط دخول جديدًا.
