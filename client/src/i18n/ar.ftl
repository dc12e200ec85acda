# Everywhere
app-name = Hallway
courses = الدورات
messages = الرسائل
messages-badge = { $count ->
    [0] الرسائل
    [one] الرسائل، محادثة واحدة غير مقروءة
    [two] الرسائل، محادثتان غير مقروءتين
    [few] الرسائل، { $count } محادثات غير مقروءة
    [many] الرسائل، { $count } محادثة غير مقروءة
   *[other] الرسائل، { $count } محادثة غير مقروءة
  }
admin-portal = بوابة الإدارة
profile = الملف الشخصي
account-menu = حسابك
sign-out = تسجيل الخروج
language = اللغة
theme = المظهر
theme-system = مطابق للنظام
theme-light = فاتح
theme-dark = داكن
skip = الانتقال إلى المحتوى
cancel = إلغاء
save = حفظ
saved = تم الحفظ.
close = إغلاق
delete = حذف
add = إضافة
edit = تعديل
remove = إزالة
search = بحث
back = رجوع
more = المزيد
loading = جارٍ التحميل…
show-more = عرض المزيد
nothing-found = لا توجد نتائج
optional = اختياري
not-found-title = الصفحة غير موجودة
not-found-text = قد يكون الرابط خاطئًا، أو ليس لديك إذن بالوصول.
chat-not-loaded = تعذّر تحميل هذه المحادثة
try-again = حاول مرة أخرى
fault = حدث خطأ ما. حاول مرة أخرى.
problem-sign_in_failed = اسم الدخول أو كلمة المرور غير صحيحة.
problem-too_many = محاولات كثيرة. انتظر دقيقة ثم حاول مرة أخرى.
problem-unavailable = قاعدة البيانات لا تستجيب. لم يتغير شيء. حاول مرة أخرى بعد قليل.
problem-not_found = لم يعد هذا موجودًا، أو ليس لديك إذن بالوصول.
refusal-nothing_to_mark = لا توجد رسالة من الطرف الآخر لتحديدها كغير مقروءة.
problem-signed_out = تم تسجيل خروجك. سجّل الدخول مرة أخرى.
problem-account_suspended = هذا الحساب موقوف. اسأل من يدير هذا الخادم.
problem-too_many_pinned = يمكنك تثبيت 20 محادثة كحد أقصى. ألغِ تثبيت محادثة أخرى أولًا.
problem-not_listed = هذه المحادثة ليست في قائمتك.
refusal-not_ahead = اختر وقتًا خلال السنة القادمة.
refusal-too_many_people = بلغ هذا الحساب الحد الأقصى لعدد الأشخاص. عطّل أحدهم أو أزله أولاً.
unreachable = تعذّر الوصول إلى الخادم. تحقق من اتصالك وحاول مرة أخرى.
clear-field = مسح { $field }
pages = الصفحات
page-range = { $from }–{ $to } من { $total }
page-back = السابق
page-next = التالي
results = { $count ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
    [many] { $count } نتيجة
   *[other] { $count } نتيجة
  }
results-first = تظهر أول { $count } من النتائج. اكتب حروفًا أكثر لتضييق القائمة.
search-failed = تعذّر البحث. تحقق من اتصالك وحاول مرة أخرى.
announcements = تنبيهات
role-owner = مالك الحساب
role-administrator = مدير
role-department_administrator = مدير قسم
role-author = مؤلف
role-learner = متعلم
members = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
  }

# Signing in
sign-in = تسجيل الدخول
sign-in-title = تسجيل الدخول إلى { $academy }
login-or-email = اسم الدخول أو البريد الإلكتروني
password = كلمة المرور
show-password = إظهار كلمة المرور
demo-title = جرّب النسخة التجريبية بصفة
demo-hint = الأشخاص في هذه النسخة التجريبية خياليون. اختر أحدهم لتسجيل الدخول.
set-up-title = إعداد Hallway
set-up-text = أنشئ أكاديميتك وحساب مالكها. يتم ذلك مرة واحدة فقط.
set-up-token = رمز الإعداد
set-up-token-hint = عرضه الخادم عند تشغيله.
academy-name = اسم الأكاديمية
your-name = اسمك
email = البريد الإلكتروني
login = اسم الدخول
create-academy = إنشاء الأكاديمية
choose-password-title = اختر كلمة مرور
choose-password-hint = 10 أحرف على الأقل.
choose-password = حفظ وتسجيل الدخول
link-spent = انتهت صلاحية هذا الرابط أو سبق استخدامه. اطلب رابطًا جديدًا من أحد المديرين.

# Messages: the list
new-chat = محادثة جديدة
search-chats = ابحث في الأشخاص والرسائل
search-group-chats = المحادثات
search-group-people = أشخاص يمكنك مراسلتهم
search-group-messages = الرسائل
search-results = نتائج البحث
search-nothing = لا نتائج لـ«{ $text }». تحقق من الكتابة، أو جرّب حروفًا أقل.
search-count = عُثر على { NUMBER($count) }
search-count-first = أول { $count }
search-more = عرض المزيد
search-you = أنت:
search-leave = الخروج من البحث
search-key-move = تنقّل
search-key-open = فتح
search-key-clear = مسح
search-tips = نصائح البحث
search-tip-from = من شخص، أو from:me لرسائلك
search-tip-in = في محادثة
search-tip-before = أُرسلت قبل يوم أو شهر أو سنة
search-tip-file = مع ملف
search-tip-phrase = هذه الكلمات متجاورة
search-tip-add = أضف { $words } إلى البحث
hits-in-chat = النتائج في هذه المحادثة
hit-of = { $at } من { $total } في هذه المحادثة
hit-total-partial = أكثر من { $count }
hit-older = نتيجة أقدم
hit-newer = نتيجة أحدث
filter-all = الكل
filter-waiting = بانتظار ردي
filter-waiting-count = بانتظار ردي { $count }
no-waiting = تم الرد على الجميع. أحسنت!
filter-course = الدورة
all-my-courses = كل دوراتي
no-chats-of-course = لا توجد محادثات عن هذه الدورة بعد
list-order = الترتيب
order-oldest = الأقدم أولًا
order-newest = الأحدث أولًا
compact-list = قائمة مضغوطة
filter-unread = غير المقروءة
filter-unread-count = غير المقروءة { $count }
chats = المحادثات
no-chats = لا توجد رسائل بعد
no-chats-learner = افتح دورة واختر «اكتب إلى خبير» في بطاقة الخبير.
no-chats-staff = ابدأ من «محادثة جديدة».
archived-chats = الأرشيف
back-to-list = العودة إلى كل المحادثات
no-archived = الأرشيف فارغ
no-archived-text = أرشِف محادثة من قائمتها. تعود مع الرسالة التالية ما لم تكن مكتومة.
pinned = مثبّتة
no-unread = لا جديد لديك، قرأت كل شيء
no-chat-chosen = اختر محادثة لتبدأ القراءة
row-expert = خبير · { $course }
row-question = سؤال · { $course }
row-former-expert = خبير سابق · { $course }
you-said = أنت: { $text }
not-sent-mark = لم تُرسل.
draft-mark = مسودة:
draft-elsewhere = كُتبت على جهاز آخر
draft-use = استخدام هذا
draft-add = إضافة إلى نصي
draft-discard = تجاهل
draft-replaced = استُبدل نصك.
draft-added = أصبح النصان معًا في رسالتك.
draft-discarded = جرى تجاهل المسودة.
draft-here-only = هذه المسودة على هذا الجهاز فقط.
draft-kept = مسودتك. لا يمكنك إرسالها حاليًا.
message-deleted = حُذفت الرسالة
row-name = { $unread ->
    [0] { $name }، { $role }، { $time }: { $text }
    [one] { $name }، { $role }، رسالة واحدة غير مقروءة، { $time }: { $text }
    [two] { $name }، { $role }، رسالتان غير مقروءتين، { $time }: { $text }
    [few] { $name }، { $role }، { $unread } رسائل غير مقروءة، { $time }: { $text }
    [many] { $name }، { $role }، { $unread } رسالة غير مقروءة، { $time }: { $text }
   *[other] { $name }، { $role }، { $unread } رسالة غير مقروءة، { $time }: { $text }
  }
today = اليوم
yesterday = أمس

# Messages: the chat
back-to-chats = العودة إلى المحادثات
chat-with = محادثة مع { $name }
chat-menu = خيارات المحادثة
open-course = فتح الدورة
new-messages = رسائل جديدة
history = الرسائل مع { $name }
write-message = اكتب رسالتك
forward = إرسال
composer-hint = Enter للإرسال، Shift + Enter لسطر جديد
left-to-write = { $count ->
    [0] بقي 0 حرف
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقيت { $count } أحرف
    [many] بقي { $count } حرفًا
   *[other] بقي { $count } حرف
  }
too-long = { $count ->
    [0] 0
    [one] تجاوزت الحد بحرف واحد
    [two] تجاوزت الحد بحرفين
    [few] تجاوزت الحد بـ { $count } أحرف
    [many] تجاوزت الحد بـ { $count } حرفًا
   *[other] تجاوزت الحد بـ { $count } حرف
  }
state-waiting = في الانتظار
state-sending = جارٍ الإرسال…
state-sent = أُرسلت
state-read = قُرئت
state-not-sent = لم تُرسل
retry = إعادة المحاولة
updated = جرى تحديث Hallway.
reload = إعادة تحميل الصفحة
offline = أنت غير متصل. ستُرسل الرسائل عند عودة الاتصال.
asks-about = سؤال عن { $course }
start-hint = اكتب رسالتك الأولى إلى { $name }.
start-about = اسأل { $name } عن { $course }.
to-newest-count = { $count ->
    [0] الانتقال إلى الأحدث
    [one] الانتقال إلى الأحدث، رسالة جديدة واحدة
    [two] الانتقال إلى الأحدث، رسالتان جديدتان
    [few] الانتقال إلى الأحدث، { $count } رسائل جديدة
    [many] الانتقال إلى الأحدث، { $count } رسالة جديدة
   *[other] الانتقال إلى الأحدث، { $count } رسالة جديدة
  }
delete-message = حذف الرسالة
delete-for-everyone = الحذف لدى الجميع
message-deleted-undo = حُذفت الرسالة.
undo = تراجع
delete-chat = حذف المحادثة
delete-chat-with = حذف المحادثة مع { $name }
delete-chat-text = تُحذف نسختك فقط. تبقى نسخة { $name }. وتُحذف أيضًا مسودتك وما جدولته هناك.
chat-deleted = حُذفت المحادثة.
said = { $name }: { $text }
is-typing = { $name } يكتب الآن…
you = أنت

keys-title = اختصارات لوحة المفاتيح
key-search = بحث
key-new = محادثة جديدة
key-help = عرض اختصارات لوحة المفاتيح
key-escape = إغلاق القائمة، ثم النافذة، ثم المحادثة
key-arrows = التنقل في القوائم
key-pin = تثبيت محادثة أو إلغاء تثبيتها
key-archive = أرشفة محادثة أو إخراجها من الأرشيف
key-enter = إرسال الرسالة
key-shift-enter = سطر جديد
key-undo = التراجع عن آخر حذف

# Why something is refused
notice-messaging_off = المراسلة الخاصة متوقفة. محادثاتك محفوظة.
notice-other_removed = أُزيل { $name } من الحساب. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-other_deactivated = عُطّل حساب { $name }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-other_not_expert = لم يعد { $name } خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-you_not_expert = لم تعد خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-neither_may_write = لا يمكن لأي منكما الكتابة إلى الآخر حاليًا. المحادثة محفوظة.
notice-no_relation = لا يمكنك بدء محادثة مع { $name }.
notice-you_not_active = حسابك غير نشط.
notice-yourself = لا يمكنك الكتابة إلى نفسك.
notice-too_many = أنت ترسل الرسائل بسرعة كبيرة. انتظر لحظة ثم أعد المحاولة.
notice-invalid = لا يمكن إرسال هذا النص.
notice-key_reused = لم تُرسل هذه الرسالة لأنها اختلطت برسالة سابقة. أعد المحاولة لإرسالها.
notice-other = تعذّر الإرسال.
see-experts = افتح الدورة
see-experts-after = لترى خبراءها.

# Messages: who the other person is
about = نبذة
about-person = نبذة عن { $name }
back-to-chat = العودة إلى المحادثة
connects-you = ما يجمعكما
connection-expert = خبيرك
connection-expert-since = خبيرك منذ { $date }
connection-learner = أنت الخبير
connection-colleague = كلاكما خبير
connection-former-expert = خبير سابق
connection-formerly-mine = كنت الخبير
replies-within = { $count ->
    [zero] يرد عادة خلال أقل من ساعة
    [one] يرد عادة خلال ساعة
    [two] يرد عادة خلال ساعتين
    [few] يرد عادة خلال { $count } ساعات
    [many] يرد عادة خلال { $count } ساعة
   *[other] يرد عادة خلال { $count } ساعة
  }
office-times = { $days }، { $times }
their-time = الساعة { $time } لدى { $name }
zone-same = { $city }، بتوقيتك نفسه
zone-ahead = { $hours ->
    [one] { $city }، متقدم عنك بساعة
    [two] { $city }، متقدم عنك بساعتين
    [few] { $city }، متقدم عنك بمقدار { $hours } ساعات
    [many] { $city }، متقدم عنك بمقدار { $hours } ساعة
   *[other] { $city }، متقدم عنك بمقدار { $hours } ساعة
  }
zone-behind = { $hours ->
    [one] { $city }، متأخر عنك بساعة
    [two] { $city }، متأخر عنك بساعتين
    [few] { $city }، متأخر عنك بمقدار { $hours } ساعات
    [many] { $city }، متأخر عنك بمقدار { $hours } ساعة
   *[other] { $city }، متأخر عنك بمقدار { $hours } ساعة
  }
in-touch-since = على تواصل منذ
about-course = عن { $course }
drop-course = إزالة «عن { $course }»
course-dropped = لم تعد الرسالة عن { $course }

# New chat
to = إلى
people-hint-all = يمكنك الكتابة إلى كل من تديرهم.
people-hint-departments = يمكنك الكتابة إلى أشخاص الأقسام التي تديرها وإلى خبراء دوراتك.
people-hint-other = هؤلاء من يمكنك أن تكتب إليهم أولًا.
nobody = لا يوجد أشخاص مطابقون

# Courses
my-courses = دوراتي
no-courses = لا توجد دورات بعد
no-courses-text = تظهر الدورات هنا عندما يسجّلك أحد المديرين فيها.
lessons = الدروس
lesson-count = { $count ->
    [0] لا دروس
    [one] درس واحد
    [two] درسان
    [few] { $count } دروس
    [many] { $count } درسًا
   *[other] { $count } درس
  }
course-experts = { $count ->
    [0] خبراء الدورة
    [one] خبير الدورة
    [two] خبيرا الدورة
    [few] خبراء الدورة
    [many] خبراء الدورة
   *[other] خبراء الدورة
  }
no-experts = ليس لهذه الدورة خبير حاليًا.
write-an-expert = اكتب إلى خبير
write-an-expert-name = اكتب إلى خبير: { $name }
you-are-expert = أنت خبير في هذه الدورة

# Profile
time-zone = المنطقة الزمنية
change-password = تغيير كلمة المرور
current-password = كلمة المرور الحالية
new-password = كلمة المرور الجديدة
password-changed = تغيّرت كلمة المرور. تم تسجيل خروجك من كل الأجهزة الأخرى.
sessions = جلساتي
sessions-hint = المتصفحات التي سجّلت الدخول منها. أنهِ أي جلسة لا تعرفها أو لم تعد تحتاج إليها. وإن لم تكن إحداها لك فغيّر كلمة مرورك أيضًا.
sessions-alone = أنت مسجّل الدخول على هذا الجهاز فقط.
session-named = { $browser } على { $system }
session-unknown = متصفح غير معروف
session-mine = هذا الجهاز
session-network = الشبكة
session-since = تسجيل الدخول
session-seen = آخر ظهور
session-end = إنهاء
session-end-name = إنهاء الجلسة: { $name }
session-ended = انتهت الجلسة، وسُجّل خروج ذلك الجهاز.
sessions-end-others = إنهاء كل الجلسات الأخرى
sessions-end-others-title = إنهاء كل الجلسات الأخرى؟
sessions-end-others-text = يُسجَّل خروجك فورًا من متصفحاتك الأخرى. يبقى هذا المتصفح مسجّل الدخول، وتستمر البرامج التي لديها رمز وصول في العمل.
sessions-ended = { $count ->
    [0] لم يكن أي جهاز آخر مسجّل الدخول.
    [one] انتهت جلسة واحدة.
    [two] انتهت جلستان.
    [few] انتهت { $count } جلسات.
    [many] انتهت { $count } جلسة.
   *[other] انتهت { $count } جلسة.
}
tokens = رموز الوصول الشخصية
tokens-hint = للبرامج التي تستخدم Hallway نيابة عنك. عامل الرموز معاملة كلمات المرور.
token-name = ما الغرض منه؟
token-made = انسخ الرمز الآن، فلن يظهر مرة أخرى.
token-scope = ماذا يمكنه أن يفعل؟
token-scope-read = القراءة
token-scope-write = القراءة والكتابة
token-scope-admin = كل ما يمكنني فعله
token-made-on = أُنشئ: { $date }
token-until = ينتهي: { $date }
token-endless = لا تنتهي صلاحيته
make-token = إنشاء رمز
revoke = إلغاء الرمز
no-tokens = لا توجد رموز بعد

# Admin portal
users = المستخدمون
departments = الأقسام
import = استيراد
settings = الإعدادات
add-user = إضافة مستخدم
edit-user = تعديل { $name }
search-users = ابحث بالاسم أو اسم الدخول أو البريد
user-count = { $count ->
    [0] لا مستخدمين
    [one] مستخدم واحد
    [two] مستخدمان
    [few] { $count } مستخدمين
    [many] { $count } مستخدمًا
   *[other] { $count } مستخدم
  }
name = الاسم
role = الدور
title = المسمى
department = القسم
no-department = بلا قسم
supervisor = المشرف
nobody-chosen = لم يُختر
manages = يدير
state = الحالة
state-active = نشط
state-inactive = معطّل
state-removed = مُزال
all-roles = كل الأدوار
deactivate = تعطيل
activate = تفعيل
remove-user = إزالة
remove-user-title = إزالة { $name }؟
remove-user-text = يُسجَّل خروجه من كل الأجهزة ولا يمكنه العودة. تبقى المحادثات معه محفوظة، لكن لا يمكن لأحد الكتابة فيها.
deactivate-title = تعطيل { $name }؟
deactivate-text = يُسجَّل خروجه من كل الأجهزة حتى يُفعَّل من جديد. وحتى ذلك الحين لا يمكن لأحد الكتابة في المحادثات معه.
sign-in-link = رابط الدخول
sign-in-link-text = أعطِ هذا الرابط إلى { $name }. يعمل مرة واحدة خلال سبعة أيام، ويتيح اختيار كلمة مرور.
link-first = لم يسجّل { $name } الدخول من قبل. يمكنك رؤية الرابط وإعطاؤه له.
link-is-told = سيرى { $name } أنك أنشأت الرابط ومتى.
link-by-mail = سبق أن سجّل { $name } الدخول، لذلك لا يرى الرابط سواه. سيُرسل بالبريد إلى:
link-to-former = تغيّر العنوان إلى { $email } قبل أقل من أسبوع، ولم يؤكده { $name } بعد. لا تزال الروابط تُرسل إلى العنوان السابق.
link-by-operator = سبق أن سجّل { $name } الدخول، ولا يصله البريد. اضبط البريد، أو اسمح لمدير ثانٍ بتأكيد الروابط (في الإعدادات)، أو اطلب الرابط ممن يشغّل الخادم:
link-needs-second = سبق أن سجّل { $name } الدخول، ولا يصله البريد. يمكنك رؤية الرابط بعد أن يؤكد مدير ثانٍ طلبك.
link-asked = طُلب في { $moment }. يرى المديرون الآخرون الطلب فوق قائمة المستخدمين. ينتهي بعد يوم.
link-confirmed = أكّد مدير ثانٍ الطلب. يمكنك رؤية رابط { $name } مرة واحدة.
link-mailed = الرابط في الطريق إلى { $email }.
show-link = إظهار الرابط
mail-link = إرسال الرابط بالبريد
ask-second = طلب تأكيد مدير ثانٍ
link-requests = روابط دخول تنتظر التأكيد
link-requests-hint = من يرى أحد هذه الروابط يستطيع الدخول باسم ذلك الشخص. أكّد فقط ما تحققت منه مع الاثنين.
link-request-by = في { $moment } طلب { $name } رؤية الرابط.
link-request-confirmed = أكّد { $name } الطلب. افتح «رابط الدخول» بجانب الشخص.
confirm-link = تأكيد
confirm-link-for = تأكيد رابط { $name }
decline-link = رفض
decline-link-for = رفض رابط { $name }
withdraw-link = إلغاء الطلب
withdraw-link-for = إلغاء الطلب الخاص بـ { $name }
link-was-confirmed = يمكن لـ { $name } رؤية الرابط الآن.
links-by-confirmation = يمكن لمدير ثانٍ تأكيد روابط الدخول
links-by-confirmation-hint = لمن سبق أن سجّلوا الدخول ولا يصلهم البريد. عندئذ يرى المدير صاحب الطلب الرابط، ويصل الشخصَ إشعار بذلك.
show-typing = إظهار من يكتب
show-typing-hint = يرى من يفتح محادثة أن الطرف الآخر يكتب الآن. لا يُحفظ شيء.
copy = نسخ
copied = تم النسخ.
not-copied = لم يسمح المتصفح بالنسخ. حدّد النص وانسخه بنفسك.
photo = الصورة
add-department = إضافة قسم
add-below = إضافة قسم فرعي
department-members = { $count ->
    [0] لا أشخاص
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
  }
remove-department-title = إزالة { $name }؟
remove-department-text = لا يمكن إزالة قسم إلا إذا كان فارغًا.
parent = القسم الأعلى
at-the-top = بلا (المستوى الأعلى)
add-course = إضافة دورة
description = الوصف
lessons-hint = درس واحد في كل سطر.
experts = الخبراء
enrolled = المسجَّلون
assign-expert = تعيين خبير
enrol = تسجيل متعلم
unassign = إلغاء تعيين { $name }
withdraw = إلغاء تسجيل { $name }
enrolled-count = { $count ->
    [0] لا أحد مسجَّل
    [one] مسجَّل واحد
    [two] مسجَّلان
    [few] { $count } مسجَّلين
    [many] { $count } مسجَّلاً
   *[other] { $count } مسجَّل
  }
remove-course-title = إزالة { $name }؟
remove-course-text = تُزال تسجيلاتها وخبراؤها أيضًا. تبقى المحادثات عنها محفوظة.
import-kind = ماذا تستورد؟
kind-users = مستخدمون
kind-departments = أقسام
kind-courses = دورات
kind-enrolments = تسجيلات
kind-experts = خبراء
import-columns-users = الأعمدة: name وemail وlogin. اختياري: role وtitle وdepartment وsupervisor وmanages وstate.
import-columns-departments = الأعمدة: department (المسار مثل Operations/Warehouse). اختياري: supervisor.
import-columns-courses = الأعمدة: title. اختياري: description وlessons (مفصولة بـ |).
import-columns-enrolments = الأعمدة: course (العنوان) وlogin.
import-columns-experts = الأعمدة: course (العنوان) وlogin.
choose-file = اختر ملف CSV أو XLSX
checking = فحص الصف { $done } من { $total }…
applying = استيراد الصف { $done } من { $total }…
import-preview = للإضافة { $add }، للتغيير { $change }، بلا تغيير { $same }.
import-refused = { $count ->
    [0] لا أخطاء.
    [one] صف واحد فيه أخطاء. لم يُستورد شيء.
    [two] صفان فيهما أخطاء. لم يُستورد شيء.
    [few] { $count } صفوف فيها أخطاء. لم يُستورد شيء.
    [many] { $count } صفًا فيها أخطاء. لم يُستورد شيء.
   *[other] { $count } صف فيها أخطاء. لم يُستورد شيء.
  }
import-line = الصف
import-column = العمود
import-value = القيمة
import-why = المشكلة
import-apply = { $count ->
    [0] استيراد
    [one] استيراد صف واحد
    [two] استيراد صفين
    [few] استيراد { $count } صفوف
    [many] استيراد { $count } صفًا
   *[other] استيراد { $count } صف
  }
import-done = اكتمل الاستيراد: أُضيف { $add }، تغيّر { $change }.
import-left-out = { $count ->
    [0] لم يُتخطَّ أي صف.
    [one] تم تخطي صف واحد لأن بيانات يعتمد عليها تغيّرت بعد الفحص.
    [two] تم تخطي صفين لأن بيانات يعتمدان عليها تغيّرت بعد الفحص.
    [few] تم تخطي { $count } صفوف لأن بيانات تعتمد عليها تغيّرت بعد الفحص.
    [many] تم تخطي { $count } صفًا لأن بيانات تعتمد عليها تغيّرت بعد الفحص.
   *[other] تم تخطي { $count } صف لأن بيانات تعتمد عليها تغيّرت بعد الفحص.
  }
import-failed = فشل الاستيراد. لم يتغير شيء. { $reason }
import-stopped = توقف الاستيراد. الصفوف المنجزة: { $done } من { $total }. { $reason }
import-template = تنزيل نموذج
import-columns = الأعمدة
import-choose-columns = اختيار الأعمدة
import-columns-left-out = أعمدة متروكة: { $columns }
import-column-is = استيراد «{ $column }» كـ
import-leave-out = اتركه
import-needed = { $column } (مطلوب)
import-missing = ما زال ناقصًا: { $columns }
import-doubled = اختير مرتين: { $columns }
import-check = فحص الملف
import-encoding = الترميز
import-encoding-found = { $name }، اكتُشف تلقائيًا
import-encoding-other = ترميز آخر
import-encoding-none = لا شيء مما سبق
import-encoding-doubt = يمكن قراءة هذا الملف بأكثر من طريقة. اختر التي تظهر فيها الحروف صحيحة.
import-encoding-which = أي الأسطر تبدو صحيحة؟
import-encoding-name = { $letters } ({ $encoding })
letters-unicode = يونيكود
letters-central-european = أوروبا الوسطى
letters-cyrillic = السيريلية
letters-western = أوروبا الغربية
letters-greek = اليونانية
letters-turkish = التركية
letters-hebrew = العبرية
letters-arabic = العربية
letters-baltic = البلطيقية
letters-vietnamese = الفيتنامية
letters-thai = التايلاندية
letters-chinese-simplified = الصينية المبسطة
letters-chinese-traditional = الصينية التقليدية
letters-japanese = اليابانية
letters-korean = الكورية
# لماذا لا يمكن استيراد ملف أو صف؛ $line رقمه.
import-why-empty = هذا الحقل فارغ.
import-why-too-long = هذا النص طويل جدًا.
import-why-not-a-name = استخدم 200 حرف على الأكثر في سطر واحد.
import-why-unprintable = يحتوي على رموز لا يمكن عرضها. اكتبه من جديد.
import-why-not-an-email = أدخل عنوان بريد إلكتروني صحيحًا مثل name@example.org.
import-why-not-a-login = استخدم لاسم الدخول من 2 إلى 64 حرفًا أو رقمًا أو أيًّا من . _ - @ +
import-why-twice-in-file = هذا موجود بالفعل في الصف { $line }.
import-why-in-use = هذا مستخدم بالفعل.
import-why-no-role = استخدم واحدًا مما يلي: { $roles }.
import-why-role-not-yours = لا يمكنك منح هذا الدور أو سحبه أو تغيير هذا الشخص.
import-why-no-state = استخدم active أو inactive.
import-why-no-department = القسم «{ $path }» غير موجود. أدخل مساره مثل Operations/Warehouse.
import-why-no-path = أدخل مسار القسم مثل Operations/Warehouse.
import-why-outside-departments = هذا خارج الأقسام التي تديرها.
import-why-too-many-people = بلغ هذا الحساب الحد الأقصى لعدد الأشخاص.
import-why-managers-not-yours = مدير الحساب وحده يقرر من يدير القسم.
import-why-no-supervisor = لا يوجد بين من تديرهم شخص نشط باسم الدخول هذا. اترك العمود للإبقاء على المشرف الحالي.
import-why-no-course = لا توجد دورة بهذا العنوان.
import-why-no-person = لا أحد لديه اسم الدخول أو البريد هذا.
import-why-not-active = لا يكون خبيرًا إلا شخص نشط.
import-why-not-stored = تعذر حفظ هذا الصف. جرّب إدخاله يدويًا.
import-why-missing-column = العمود «{ $column }» ناقص. اختر أي عمود هو.
import-why-double-column = أكثر من عمود هو «{ $column }». أبقِ واحدًا فقط.
import-why-too-many-taken = أكثر من { $most } صفًا فيها اسم دخول أو بريد لأشخاص لا تديرهم. اطلب من مدير الحساب استيراد هذا الملف.
import-why-not-a-sheet = اختر ملف CSV أو XLSX.
import-why-broken-csv = ملف CSV غير صالح. تحقق من علامات الاقتباس في السطر { $line }.
import-why-broken-xlsx = ملف XLSX غير صالح.
import-why-unknown-encoding = ترميز الملف غير مؤكد. اختره أدناه أو احفظ الملف بترميز UTF-8.
import-why-damaged-letters = في السطر { $line } حروف تالفة. احفظ الملف بترميز UTF-8 مرة أخرى.
import-why-too-large = الملف كبير جدًا ولا يمكن استيراده دفعة واحدة.
import-why-too-large-cell = في الصف { $line } خلية فيها أكثر من { $most } حرف.
import-why-too-many-columns = في الملف أكثر من { $most } عمود. احذف ما لا تحتاجه.
import-why-unreadable = تتطلب قراءة هذا الملف ذاكرة أو وقتًا أكثر من المسموح.
import-why-stopped = أُوقف الخادم. ارفع الملف مرة أخرى؛ الصفوف المستوردة لن تتغير.
private-messaging = المراسلة الخاصة
private-messaging-hint = عند إيقافها يُخفى قسم الرسائل ولا يمكن لأحد الإرسال. تبقى كل المحادثات محفوظة.
mode = من يمكنه بدء محادثة
mode-strict = صارم
mode-strict-hint = يمكن للإداريين الكتابة إلى من يديرونهم، وللمتعلمين الكتابة إلى خبراء دوراتهم.
mode-managers = المديرون
mode-managers-hint = كل ما في «صارم»، ويمكن للجميع أيضًا الكتابة إلى من يديرونهم.
mode-limited = محدود
mode-limited-hint = كل ما في «صارم»، ويمكن أيضًا للحضور الكتابة إلى منظم تدريبهم، وللمشرفين الكتابة إلى من يشرفون عليهم.
mode-open = مفتوح
mode-open-hint = يمكن للجميع الكتابة إلى الجميع.
delete-window = المدة المتاحة لـ «الحذف لدى الجميع»
delete-window-hours = { $count ->
    [0] غير متاح
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
  }

# Notifications
notices = الإشعارات
notices-hint = كيف تصلك الإشعارات وأنت غائب. قسم الرسائل نفسه يُحدَّث فورًا دائمًا.
notices-push = على هذا الجهاز
notices-push-hint = إظهار الإشعارات على هذا الجهاز حتى عندما يكون Hallway مغلقًا.
notices-push-refused = يحظر هذا المتصفح إشعارات هذا الموقع. اسمح بها في إعداداته ثم عد.
notices-push-cannot = لا يمكن لهذا المتصفح إظهار الإشعارات. على iPhone أو iPad أضف Hallway إلى الشاشة الرئيسية أولًا.
notices-push-not-here = لا تعمل الإشعارات على هذا الجهاز. جرّب متصفحًا آخر.
kind-message = الرسائل
kind-question = أسئلة عن الدورات
when-now = فورًا
when-hourly = كل ساعة
when-daily = مرة في اليوم
when-never = أبدًا
choice-of = { $kind }: { $channel }
choice-locked = حدّدته أكاديميتك.
quiet-hours = ساعات الهدوء
quiet-from = من
quiet-until = إلى
days-off = أيام العطلة
digest-at = وقت إرسال الملخص اليومي
hides-text = إخفاء نص الرسالة
hides-text-hint = يقول الإشعار فقط إن لديك رسالة جديدة.
devices = الأجهزة التي تصلها الإشعارات
bounced = ارتدّ البريد المرسل إلى { $email }: { $reason }. لن يُرسل بريد إليه حتى يتغير العنوان أو تحاول مرة أخرى.
bounced-again = حاول مرة أخرى
bounced-user = ارتدّ البريد المرسل إلى { $email }: { $reason }. صحّح العنوان، أو اطلب من صاحبه أن يحاول مرة أخرى في ملفه الشخصي.
mail-bounced = البريد المرسل إلى { $email } يرتدّ، فلا تصلك إشعارات بالبريد.
mail-bounced-more = ما العمل؟
user-mail-bounced = البريد يرتدّ
mails-ended = ألغيت اشتراكك في كل رسائل الإشعارات البريدية. تسري خياراتك أدناه من جديد عندما تشترك مرة أخرى.
mails-again = الاشتراك من جديد
mails-ended-user = ألغى { $name } اشتراكه في كل رسائل الإشعارات البريدية، ولا يمكن لغيره إعادته.
office-hours = ساعات العمل
office-hours-hint = يرى المتعلمون متى تجيب ومتى يتوقعون الرد.
office-on = أظهر ساعات العمل
office-opens = البداية
office-closes = النهاية
office-reply = مدة الرد المعتادة
office-reply-hours = { $count ->
    [one] ساعة عمل
    [two] ساعتي عمل
    [few] { $count } ساعات عمل
   *[other] { $count } ساعة عمل
  }
office-open = يجيب { $name } { $hours }.
office-reply-by = توقّع الرد قبل { $by }.
mute-chat = كتم المحادثة
unmute-chat = إلغاء كتم المحادثة
mute-hour = لمدة ساعة
mute-tomorrow = حتى الغد، { $time }
mute-week = لمدة أسبوع
mute-forever = حتى ألغي الكتم
muted-until = مكتومة حتى { $time }
pin-chat = تثبيت
unpin-chat = إلغاء التثبيت
archive-chat = أرشفة
unarchive-chat = إخراج من الأرشيف
chat-pinned = تم تثبيت المحادثة.
chat-unpinned = أُلغي تثبيت المحادثة.
chat-archived = تمت أرشفة المحادثة.
chat-unarchived = عادت المحادثة إلى قائمتك.
mark-unread = تحديد كغير مقروءة
mark-unread-here = تحديد كغير مقروءة من هنا
mark-read = تحديد كمقروءة
marked-unread = حُدِّدت المحادثة كغير مقروءة.
marked-read = حُدِّدت المحادثة كمقروءة.
muted = مكتومة
chat-muted = تم كتم المحادثة. لن تصلك إشعارات عنها، لكنها تبقى في قائمتك.
chat-unmuted = أُلغي كتم المحادثة.
by-mail = أُرسلت بالبريد
show-quoted = أظهر النص المقتبس
stop-mails-title = إلغاء الاشتراك؟
stop-mails-asked = لن يصلك بريد عن الرسائل بعد الآن. يمكنك دائمًا قراءة كل شيء في قسم الرسائل.
stop-mails-do = إلغاء الاشتراك
stop-mails-ended = أُلغي اشتراكك. لن يصلك بريد عن الرسائل بعد الآن.
stop-mails-resumed = عاد اشتراكك. يصلك البريد كما اخترت في ملفك الشخصي.
notices-policy-hint = الإعدادات الافتراضية لمن لم يختر بنفسه. ما تقفله لا يغيّره أحد، لكن يمكن لكل شخص إلغاء اشتراكه في البريد.
lock-choice = اقفل { $choice }
mail-after = مدة الانتظار قبل إرسال بريد عن رسالة غير مقروءة
mail-after-minutes = { $count ->
    [0] بلا انتظار
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
   *[other] { $count } دقيقة
  }
mail-colour = لون البريد
mail-colour-usual = اللون الافتراضي
hides-text-all = عدم إظهار نص الرسائل خارج Hallway أبدًا
kept-mails = بريد لم تتم معالجته
kept-mails-hint = بريد وارد تعذّرت على Hallway معالجته: أحدث 200 رسالة من آخر 90 يومًا.
kept-unreadable = تعذّرت قراءته
kept-forged = مرسل مزوَّر
kept-no_address = لا ينتمي إلى أي محادثة
kept-not_sent = تعذّر إرساله
kept-unclear_sender = مرسل غير واضح
kept-too_complex = أجزاء كثيرة جدًا
kept-automatic = رد تلقائي
kept-not_told = تعذّر نشره وتعذّر إبلاغ مرسله
kept-too_hard = استغرقت قراءته وقتًا طويلًا

set-aside = مهام فاشلة
set-aside-hint = مهام في الخلفية فشلت عدة مرات. لا شيء آخر ينتظرها.
job-notification = إشعار
job-import = استيراد
job-inbound_mail = بريد وارد
job-mail = رسالة بريد
job-upkeep = تنظيف
job-other = مهمة أخرى
job-queued = تجري المحاولة مرة أخرى الآن.
job-discarded = تم التجاهل.
discard = تجاهل
discard-title = أتريد تجاهل هذه المهمة؟
discard-text = لن تُنفَّذ. لا يمكن التراجع عن ذلك.
discard-text-mail = سيُحذف البريد ونصه. لا يمكن التراجع عن ذلك.

# The audit log
audit-log = سجل التدقيق
audit-log-hint = من غيّر ماذا. لا يمكن تعديله، ولا يُظهر أبدًا ما يكتبه الناس.
audit-mine = نشاط الحساب
audit-mine-hint = عمليات تسجيل الدخول والروابط وتغييرات دورك وصلاحياتك وكلمة مرورك.
audit-empty = لا توجد قيود بعد
audit-empty-filtered = لا توجد قيود مطابقة. قلّل عوامل التصفية أو اختر تواريخ أخرى.
audit-actions = الإجراءات
audit-all-actions = كل الإجراءات
audit-group-account = الحساب والإعدادات
audit-group-entry = تسجيل الدخول
audit-group-user = الأشخاص
audit-group-department = الأقسام
audit-group-course = الدورات
audit-group-training = التدريبات
audit-group-import = عمليات الاستيراد
audit-group-export = عمليات التصدير
audit-group-mail = بريد لم تتم معالجته
audit-group-job = مهام الخلفية
audit-by = نفّذه
audit-about = الشخص المعني
audit-anyone = أي شخص
audit-since = من
audit-until = إلى
audit-via-web = الويب
audit-via-token = برنامج
audit-via-mail = البريد الإلكتروني
audit-via-command = سطر الأوامر
audit-via-stranger = بدون تسجيل دخول
audit-via-system = Hallway
audit-by-command = المشغّل
audit-by-stranger = شخص ما
audit-by-system = Hallway
audit-entry-number = القيد
audit-before = قبل
audit-after = بعد
audit-what = ماذا
audit-gone = لم يعد موجودًا
audit-yes = نعم
audit-no = لا
audit-older = الأقدم
audit-newest = الأحدث
audit-account-set-up = إعداد الحساب
audit-account-changed = تغيير إعدادات الحساب
audit-account-saved = إنشاء نسخة احتياطية
audit-account-restored = استعادة كل شيء من نسخة احتياطية
audit-account-moved = نقل كل شيء إلى قاعدة بيانات أخرى
audit-account-notifications-changed = تغيير إعدادات الإشعارات
audit-entry-signed-in = تسجيل الدخول
audit-entry-failed = فشل تسجيل الدخول باسم { $person }
audit-entry-failed-unknown = محاولة الدخول بأسماء غير موجودة
audit-entry-signed-out = تسجيل الخروج
audit-entry-session-ended = إنهاء جلسة لـ { $person }
audit-entry-link-made = إنشاء رابط دخول لـ { $person }
audit-entry-link-asked = طلب رابط دخول لـ { $person }
audit-entry-link-confirmed = تأكيد رابط دخول لـ { $person }
audit-entry-link-declined = إلغاء أو رفض رابط دخول لـ { $person }
audit-entry-link-spent = اختيار كلمة مرور عبر رابط دخول
audit-entry-password-changed = تغيير كلمة مرور { $person }
audit-entry-token-made = إنشاء رمز الوصول { $thing }
audit-entry-token-revoked = إلغاء رمز الوصول { $thing }
audit-user-added = إضافة { $person }
audit-user-changed = تغيير بيانات { $person }
audit-user-role-changed = تغيير دور { $person } من { $from } إلى { $to }
audit-user-rights-changed = تغيير الأقسام التي يديرها { $person }
audit-user-deactivated = تعطيل { $person }
audit-user-activated = تفعيل { $person }
audit-user-removed = إزالة { $person }
audit-user-photo-changed = تغيير صورة { $person }
audit-department-added = إضافة القسم { $thing }
audit-department-changed = تغيير القسم { $thing }
audit-department-removed = إزالة القسم { $thing }
audit-course-added = إضافة الدورة { $thing }
audit-course-changed = تغيير الدورة { $thing }
audit-course-removed = إزالة الدورة { $thing }
audit-course-enrolled = تسجيل { $person } في { $thing }
audit-course-withdrawn = إلغاء تسجيل { $person } في { $thing }
audit-course-expert-assigned = تعيين { $person } خبيرًا في { $thing }
audit-course-expert-unassigned = إلغاء تعيين { $person } خبيرًا في { $thing }
audit-training-added = إضافة التدريب { $thing }
audit-training-changed = تغيير التدريب { $thing }
audit-training-removed = إزالة التدريب { $thing }
audit-training-attended = إضافة { $person } إلى { $thing }
audit-training-left = إزالة { $person } من { $thing }
audit-import-uploaded = رفع الملف { $thing } للاستيراد
audit-import-applied = استيراد الملف { $thing }
audit-import-failed = تعذّر استيراد الملف { $thing }
audit-mail-viewed = فتح بريد لم تتم معالجته
audit-mail-dropped = حذف بريد لم تتم معالجته
audit-job-retried = إعادة محاولة مهمة في الخلفية
audit-job-discarded = تجاهل مهمة في الخلفية
fact-role = الدور
fact-department_id = القسم
fact-supervisor_id = المشرف
fact-parent_id = القسم الأعلى
fact-organizer_id = المنظّم
fact-manages = يدير
fact-name = الاسم
fact-title = العنوان
fact-texts = تغيّر
fact-messaging_on = المراسلة الخاصة
fact-links_by_confirmation = مدير ثانٍ يؤكد الروابط
fact-typing_on = إظهار من يكتب
fact-asked_by = طلبه
fact-mode = من يمكنه بدء محادثة
fact-delete_for_everyone = مدة «الحذف لدى الجميع» بالثواني
fact-entries = القيود
fact-added = أُضيف
fact-changed = تغيّر
fact-lines = الصفوف
fact-kind = النوع
fact-is_there = موجودة
fact-hides_text = نص الرسائل مخفي
fact-locked = مقفل
fact-mail_after = الدقائق قبل إرسال البريد
fact-mail_colour = لون البريد
fact-is_new_device = جهاز جديد
fact-days = الأيام
fact-scopes = الصلاحيات
audit-count = { $count ->
    [zero] لا قيود
    [one] قيد واحد
    [two] قيدان
    [few] { $count } قيود
    [many] { $count } قيدًا
   *[other] { $count } قيد
  }
audit-export = { $count ->
    [zero] لا شيء لتصديره
    [one] تصدير قيد واحد
    [two] تصدير قيدين
    [few] تصدير { $count } قيود
    [many] تصدير { $count } قيدًا
   *[other] تصدير { $count } قيد
  }
audit-export-audit = { $count ->
    [zero] تصدير سجل التدقيق، فارغًا
    [one] تصدير قيد واحد من سجل التدقيق
    [two] تصدير قيدين من سجل التدقيق
    [few] تصدير { $count } قيود من سجل التدقيق
    [many] تصدير { $count } قيدًا من سجل التدقيق
   *[other] تصدير { $count } قيد من سجل التدقيق
  }

# Changes that others made to an account
access-notices = بشأن حسابك
the-operator = مشغّل الخادم
access-link-made = في { $moment } أنشأ { $name } رابط دخول لك. من يملكه يستطيع الدخول باسمك.
access-link-spent = في { $moment } اختيرت كلمة مرور جديدة باستخدام رابط دخول أنشأه { $name } لك.
access-password-set = في { $moment } حدّد { $name } كلمة مرورك. اختر كلمة لا يعرفها غيرك:
access-email-changed = في { $moment } غيّر { $name } عنوان بريدك الإلكتروني.
access-new-email = أصبح الآن { $email }. هل هو لك؟
access-login-changed = في { $moment } غيّر { $name } اسم دخولك.
access-read = فهمت
access-mine = نعم، إنه لي

# Admin portal: many users
select = تحديد
unselect = إلغاء التحديد
last-seen = آخر ظهور
created = تاريخ الإنشاء
all-statuses = كل الحالات
all-departments = كل الأقسام
status-active = نشط
status-invited = مدعو
status-link_expired = انتهى الرابط
status-not_invited = غير مدعو
status-deactivated = معطّل
status-removed = مُزال
seen-any-time = أي وقت ظهور
seen-a-while-ago = منذ مدة
never-signed-in = لم يسجّلوا الدخول قط
not-seen-days = { $count ->
    [one] لم يظهروا منذ يوم واحد
    [two] لم يظهروا منذ يومين
    [few] لم يظهروا منذ { $count } أيام
    [many] لم يظهروا منذ { $count } يومًا
   *[other] لم يظهروا منذ { $count } يوم
  }
label-with-count = { $label } ({ $count })
link-good-until = الرابط صالح حتى { $moment }.
users-none = لا يوجد أشخاص مطابقون
sort-by = ترتيب حسب
sorted-ascending = { $column } ↑
sorted-descending = { $column } ↓
export-users = { $count ->
    [one] تصدير مستخدم واحد
    [two] تصدير مستخدمين
    [few] تصدير { $number } مستخدمين
    [many] تصدير { $number } مستخدمًا
   *[other] تصدير { $number } مستخدم
  }
export-csv = ملف CSV
export-xlsx = ملف Excel (XLSX)
chosen-people = الأشخاص المحددون
clear-selection = إلغاء التحديد
chosen-count = { $count ->
    [one] شخص واحد محدد
    [two] شخصان محددان
    [few] { $number } أشخاص محددون
    [many] { $number } شخصًا محددًا
   *[other] { $number } شخص محدد
  }
choose-all = { $count ->
    [one] تحديد الواحد
    [two] تحديد الاثنين
    [few] تحديد الكل ({ $number })
    [many] تحديد الكل ({ $number })
   *[other] تحديد الكل ({ $number })
  }
choose-page = تحديد كل من في هذه الصفحة
choose-person = تحديد { $name }
bulk-title-deactivate = { $count ->
    [one] تعطيل شخص واحد؟
    [two] تعطيل شخصين؟
    [few] تعطيل { $number } أشخاص؟
    [many] تعطيل { $number } شخصًا؟
   *[other] تعطيل { $number } شخص؟
  }
bulk-title-activate = { $count ->
    [one] تفعيل شخص واحد
    [two] تفعيل شخصين
    [few] تفعيل { $number } أشخاص
    [many] تفعيل { $number } شخصًا
   *[other] تفعيل { $number } شخص
  }
bulk-title-department = { $count ->
    [one] نقل شخص واحد
    [two] نقل شخصين
    [few] نقل { $number } أشخاص
    [many] نقل { $number } شخصًا
   *[other] نقل { $number } شخص
  }
bulk-title-role = { $count ->
    [one] تغيير دور شخص واحد
    [two] تغيير دور شخصين
    [few] تغيير دور { $number } أشخاص
    [many] تغيير دور { $number } شخصًا
   *[other] تغيير دور { $number } شخص
  }
bulk-do-deactivate = { $count ->
    [one] تعطيل شخص واحد
    [two] تعطيل شخصين
    [few] تعطيل { $number } أشخاص
    [many] تعطيل { $number } شخصًا
   *[other] تعطيل { $number } شخص
  }
bulk-do-activate = تفعيل
bulk-do-department = { $count ->
    [one] نقل شخص واحد
    [two] نقل شخصين
    [few] نقل { $number } أشخاص
    [many] نقل { $number } شخصًا
   *[other] نقل { $number } شخص
  }
bulk-do-role = { $count ->
    [one] تغيير دور شخص واحد
    [two] تغيير دور شخصين
    [few] تغيير دور { $number } أشخاص
    [many] تغيير دور { $number } شخصًا
   *[other] تغيير دور { $number } شخص
  }
bulk-deactivate-text = يُسجَّل خروجهم من كل الأجهزة حتى يُفعَّلوا من جديد. وحتى ذلك الحين لا يمكن لأحد الكتابة في المحادثات معهم.
bulk-department-text = يمكن لمديري القسم الجديد ومشرفيه مراسلتهم فورًا.
bulk-role-text = تتغير صلاحياتهم فورًا.
bulk-done-deactivate = { $count ->
    [one] تم تعطيل شخص واحد
    [two] تم تعطيل شخصين
    [few] تم تعطيل { $number } أشخاص
    [many] تم تعطيل { $number } شخصًا
   *[other] تم تعطيل { $number } شخص
  }
bulk-done-activate = { $count ->
    [one] تم تفعيل شخص واحد
    [two] تم تفعيل شخصين
    [few] تم تفعيل { $number } أشخاص
    [many] تم تفعيل { $number } شخصًا
   *[other] تم تفعيل { $number } شخص
  }
bulk-done-department = { $count ->
    [one] تم نقل شخص واحد
    [two] تم نقل شخصين
    [few] تم نقل { $number } أشخاص
    [many] تم نقل { $number } شخصًا
   *[other] تم نقل { $number } شخص
  }
bulk-done-role = { $count ->
    [one] تم تغيير دور شخص واحد
    [two] تم تغيير دور شخصين
    [few] تم تغيير دور { $number } أشخاص
    [many] تم تغيير دور { $number } شخصًا
   *[other] تم تغيير دور { $number } شخص
  }
send-invitations = إرسال دعوات
sign-in-links = روابط الدخول
bulk-title-invite = { $count ->
    [one] دعوة شخص واحد؟
    [two] دعوة شخصين؟
    [few] دعوة { $number } أشخاص؟
    [many] دعوة { $number } شخصًا؟
   *[other] دعوة { $number } شخص؟
  }
bulk-title-link = { $count ->
    [one] إنشاء رابط دخول لشخص واحد؟
    [two] إنشاء روابط دخول لشخصين؟
    [few] إنشاء روابط دخول لـ { $number } أشخاص؟
    [many] إنشاء روابط دخول لـ { $number } شخصًا؟
   *[other] إنشاء روابط دخول لـ { $number } شخص؟
  }
bulk-do-invite = { $count ->
    [one] إرسال دعوة واحدة
    [two] إرسال دعوتين
    [few] إرسال { $number } دعوات
    [many] إرسال { $number } دعوة
   *[other] إرسال { $number } دعوة
  }
bulk-do-link = { $count ->
    [one] إنشاء رابط واحد
    [two] إنشاء رابطين
    [few] إنشاء { $number } روابط
    [many] إنشاء { $number } رابطًا
   *[other] إنشاء { $number } رابط
  }
bulk-invite-text = يصل كل شخص بريد فيه رابط لاختيار كلمة المرور. تتوقف الروابط السابقة عن العمل.
bulk-text-link = لمن لم يسجّلوا الدخول قط. تتوقف الروابط السابقة عن العمل.
bulk-unchanged = لا شيء لتغييره
bulk-undone = { $count ->
    [one] تم التراجع لشخص واحد
    [two] تم التراجع لشخصين
    [few] تم التراجع لـ { $number } أشخاص
    [many] تم التراجع لـ { $number } شخصًا
   *[other] تم التراجع لـ { $number } شخص
  }
bulk-not-undone = { $count ->
    [one] تغيّر شخص واحد بعد ذلك فبقي كما هو.
    [two] تغيّر شخصان بعد ذلك فبقيا كما هما.
    [few] تغيّر { $count } أشخاص بعد ذلك فبقوا كما هم.
    [many] تغيّر { $count } شخصًا بعد ذلك فبقوا كما هم.
   *[other] تغيّر { $count } شخص بعد ذلك فبقوا كما هم.
  }
bulk-working = تم { $done } من { $total }
stop = إيقاف
bulk-goes-on = يمكنك إغلاق هذه النافذة، فالباقي يتم في الخلفية.
bulk-partly = { $count ->
    [one] تغيّر { $changed }، وبقي شخص واحد كما كان:
    [two] تغيّر { $changed }، وبقي شخصان كما كانا:
    [few] تغيّر { $changed }، وبقي { $refused } أشخاص كما كانوا:
    [many] تغيّر { $changed }، وبقي { $refused } شخصًا كما كانوا:
   *[other] تغيّر { $changed }، وبقي { $refused } شخص كما كانوا:
  }
bulk-partly-invite = { $count ->
    [1] عدد المدعوين { $changed }، وتم تخطي شخص واحد:
    [2] عدد المدعوين { $changed }، وتم تخطي شخصين:
    [few] عدد المدعوين { $changed }، وتم تخطي { $refused } أشخاص:
    [many] عدد المدعوين { $changed }، وتم تخطي { $refused } شخصًا:
   *[other] عدد المدعوين { $changed }، وتم تخطي { $refused } شخص:
  }
bulk-more-refused = { $count ->
    [one] وشخص واحد آخر
    [two] وشخصان آخران
    [few] و{ $count } آخرون
    [many] و{ $count } آخرون
   *[other] و{ $count } آخرون
  }
audit-export-users = { $count ->
    [one] تصدير مستخدم واحد
    [two] تصدير مستخدمين
    [few] تصدير { $count } مستخدمين
    [many] تصدير { $count } مستخدمًا
   *[other] تصدير { $count } مستخدم
  }
fact-users = المستخدمون
fact-format = صيغة الملف
fact-status = الحالة
fact-has_text = نص البحث
fact-never_seen = لم يسجّلوا الدخول قط
fact-not_seen_since = لم يظهروا منذ

# Getting started, invitations and forgotten passwords
first-steps = البدء
first-steps-progress = البدء · { $done } من { $total }
first-steps-title = مرحبًا، { $name }
first-steps-text = خمس خطوات قصيرة حتى يصل أول رد.
first-steps-foot = تُعلَّم الخطوات تلقائيًا. يمكنك إخفاء هذه القائمة متى شئت؛ ستبقى في قائمتك.
first-steps-done = كل شيء جاهز. سيظهر أول رد في الرسائل.
steps-of = اكتملت { $done } من { $total } خطوات
step-done = اكتملت الخطوة { $number }
step-people = أضف الأشخاص
step-people-text = كل من يتعلّم أو يدرّس أو يساعد.
step-people-brief = { $people } في { $departments }
step-course = أضف دورة
step-course-text = يجد المتعلمون خبراءها في صفحة الدورة.
step-course-brief = { $course } · { $learners }
step-expert = اختر خبيرها
step-expert-text = يرى المتعلمون هذا الشخص في صفحة الدورة ويمكنهم الكتابة إليه.
step-invite = ادعُ الجميع
step-invite-text = احصل على روابط الدخول، أو أرسل إلى كل شخص دعوة بالبريد الإلكتروني.
step-message = أرسل أول رسالة
step-message-text = ألقِ التحية، لترى كيف تصل إليك الردود.
step-message-brief = أُرسلت
done = اكتملت
dismiss = إخفاء
view = عرض
view-name = عرض: { $name }
open-messages = فتح الرسائل
people-count = { $count ->
    [0] لا أحد
    [1] شخص واحد
    [2] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
  }
departments-count = { $count ->
    [0] أي قسم
    [1] قسم واحد
    [2] قسمين
    [few] { $count } أقسام
    [many] { $count } قسمًا
   *[other] { $count } قسم
  }
learners-count = { $count ->
    [0] لا متعلمين بعد
    [1] متعلم واحد
    [2] متعلمان
    [few] { $count } متعلمين
    [many] { $count } متعلمًا
   *[other] { $count } متعلم
  }
newcomers-count = { $count ->
    [0] سجّل الجميع الدخول
    [1] شخص واحد لم يسجّل الدخول بعد
    [2] شخصان لم يسجّلا الدخول بعد
    [few] { $count } أشخاص لم يسجّلوا الدخول بعد
    [many] { $count } شخصًا لم يسجّلوا الدخول بعد
   *[other] { $count } شخص لم يسجّلوا الدخول بعد
  }
typed-people = الأسماء وعناوين البريد الإلكتروني
typed-people-hint = شخص واحد في كل سطر، مثل: Maya Chen, maya@example.org
type-people = أدخل اسمًا واحدًا على الأقل مع عنوان بريد إلكتروني.
line-unclear = أدخل اسمًا وعنوان بريد إلكتروني.
add-people = إضافة الأشخاص
import-instead = استيراد ملف
course-title = عنوان الدورة
enrol-all = تسجيل كل المتعلمين فيها
enrol-all-hint = يمكنك تغيير المسجلين في أي وقت.
enrol-progress = جارٍ تسجيل { $done } من { $total }…
make-expert = تعيين { $name } خبيرًا
someone-else = شخص آخر
first-message = أهلًا وسهلًا! إذا كان لديك سؤال فما عليك إلا الرد هنا.
send-message = إرسال الرسالة
preview-title = ما سيراه المتعلمون
preview-course = دورتك
preview-expert = خبيرها
preview-hint = يمكن للمتعلمين الكتابة إلى خبراء دوراتهم. يمكنك تغيير من يمكنه بدء محادثة في
preview-settings = الإعدادات
invite = إرسال دعوة بالبريد
invite-again = إعادة إرسالها بالبريد
invite-all = { $count ->
    [1] إرسال دعوة بالبريد إلى شخص واحد
    [2] إرسال دعوة بالبريد إلى شخصين
    [few] إرسال دعوة بالبريد إلى { $count } أشخاص
    [many] إرسال دعوة بالبريد إلى { $count } شخصًا
   *[other] إرسال دعوة بالبريد إلى { $count } شخص
  }
link-all = { $count ->
    [1] الحصول على رابط الدخول
    [2] الحصول على رابطي الدخول
    [few] الحصول على { $count } روابط دخول
    [many] الحصول على { $count } رابط دخول
   *[other] الحصول على { $count } رابط دخول
  }
link-all-hint = يعمل كل رابط مرة واحدة خلال سبعة أيام. الروابط الجديدة تحل محل ما أُرسل من قبل.
link-all-hint-no-mail = لم يُضبط البريد الإلكتروني هنا، لذا سلّم الروابط بنفسك. يعمل كل رابط مرة واحدة خلال سبعة أيام، والروابط الجديدة تحل محل السابقة.
invite-progress = { $done } من { $total }…
invitations-go-on = يمكنك مغادرة هذه الصفحة، فالباقي يُرسل في الخلفية.
invitations-sent = { $count ->
    [0] لم تُرسل أي دعوة.
    [1] دعوة واحدة في طريقها.
    [2] دعوتان في طريقهما.
    [few] { $count } دعوات في طريقها.
    [many] { $count } دعوة في طريقها.
   *[other] { $count } دعوة في طريقها.
  }
invitation-sent = الدعوة في طريقها إلى { $email }.
how-they-come-in = كيف يسجّل { $name } الدخول
link-first-mail = لم يسجّل { $name } الدخول من قبل. أرسل إليه دعوة بالبريد، أو سلّمه رابطًا بنفسك.
invited-until = تمت الدعوة في { $moment }. تنتهي صلاحية الرابط في { $ends }.
invited-expired = تمت الدعوة في { $moment }. انتهت صلاحية الرابط.
new-links = { $count ->
    [0] لم تُنشأ أي روابط
    [1] رابط دخول واحد
    [2] رابطا دخول
    [few] { $count } روابط دخول
    [many] { $count } رابط دخول
   *[other] { $count } رابط دخول
  }
new-links-hint = كل من لديه رابط يستطيع الدخول باسم صاحبه. لا تظهر الروابط إلا الآن.
new-links-more = { $count ->
    [1] رابط آخر في الملف.
    [2] رابطان آخران في الملف.
    [few] { $count } روابط أخرى في الملف.
    [many] { $count } رابطًا آخر في الملف.
   *[other] { $count } رابط آخر في الملف.
  }
copy-link-of = نسخ رابط { $name }
save-links = تنزيل بصيغة CSV
left-out = { $count ->
    [1] استُثني شخص واحد:
    [2] استُثني شخصان:
    [few] استُثني { $count } أشخاص:
    [many] استُثني { $count } شخصًا:
   *[other] استُثني { $count } شخص:
  }
left-out-link_by_mail = سجّل الدخول من قبل؛ أرسل إليه الرابط بالبريد
left-out-link_by_operator = سجّل الدخول من قبل ولا يصل إليه البريد
left-out-link_unconfirmed = سجّل الدخول من قبل؛ يجب أن يؤكد مدير ثانٍ
left-out-no_mail_reaches = لا يصل إليه البريد
left-out-not_active = حسابه معطّل
left-out-too_many = أُرسل إليه رابط قبل لحظات
left-out-not_found = لم يعد موجودًا، أو ليس ممن تديرهم
left-out-owner_protected = لا يستطيع ذلك إلا المالك
left-out-right_not_yours = له دور لا يمكنك منحه
left-out-outside_your_departments = ليس في قسم تديره
left-out-not_staff = لا يستطيع ذلك إلا المديرون
left-out-not_yourself = هذا أنت؛ لا يمكنك فعل ذلك بنفسك
left-out-changed_since = غيّره شخص آخر في هذه الأثناء
left-out-no_department = لا يمكن نقله: القسم لم يعد موجودًا
left-out-not_stored = تعذّر الحفظ؛ جرّب من صفحته
left-out-too_many_people = تعذّر تفعيله: بلغ الحساب الحد الأقصى لعدد الأشخاص
left-out-was_removed = تمت إزالته
forgot-password = هل نسيت كلمة المرور؟
forgot-title = هل نسيت كلمة المرور؟
forgot-text = أدخل اسم الدخول أو البريد الإلكتروني. سنرسل إليك رابطًا تختار به كلمة مرور جديدة.
forgot-sent-title = تحقق من بريدك الإلكتروني
forgot-sent = إذا كان لـ { $login } حساب هنا فهناك رابط في طريقه إلى بريده الإلكتروني. يعمل مرة واحدة خلال يوم واحد.
forgot-sent-hint = لم يصل شيء بعد بضع دقائق؟ ابحث في مجلد الرسائل غير المرغوب فيها، أو اطلب من أحد المديرين رابط دخول.
forgot-no-mail = لم يُضبط البريد الإلكتروني هنا، فلا يمكن إرسال شيء إليك. اطلب من أحد مديري { $academy } رابط دخول جديدًا.
forgot-no-mail-owner = إذا كنت المدير الوحيد فاسأل من يشغّل الخادم: يمكنه إنشاء رابط من سطر الأوامر.
send-link = إرسال الرابط
send-new-link = أرسل إليّ رابطًا جديدًا
to-sign-in = العودة إلى تسجيل الدخول
link-spent-title = لم يعد هذا الرابط صالحًا
link-spent-mail = انتهت صلاحيته أو استُخدم من قبل. إذا لم يسبق لك تسجيل الدخول فاطلب من أحد المديرين دعوة جديدة.
link-welcome-title = مرحبًا، { $name }
link-welcome = اختر كلمة مرور لتسجيل الدخول إلى { $academy }.
link-for = لـ { $name } في { $academy }.
session-over = سُجّل خروجك. سجّل الدخول مجددًا للمتابعة؛ ما كنت تكتبه محفوظ.
no-chats-expert = عندما يسأل المتعلمون عن دوراتك تظهر أسئلتهم هنا.
no-chats-outside = عندما تُسجَّل في دورة يمكنك الكتابة إلى خبرائها.
no-courses-staff = أضف دورة وسجّل المتعلمين فيها. سيجدون خبراءها هناك.
no-courses-portal = أضف الدورة الأولى. يجد المتعلمون خبراءها هناك ويمكنهم الكتابة إليهم.
nobody-staff = لا يوجد أشخاص مطابقون.
add-people-portal = إضافة أشخاص في بوابة الإدارة
audit-entry-invited = دعوة { $person }
audit-entry-password-forgotten = طلب كلمة مرور جديدة لـ { $person }
job-forgotten_password = طلب كلمة مرور جديدة

# ما يُسأل عنه أولاً، وما يُقال بعد إتمامه
removed = أُزيل { $name }.
remove-name = إزالة { $name }
delete-name = حذف { $name }
delete-for-everyone-title = الحذف لدى الجميع؟
delete-for-everyone-text = تختفي الرسالة عندك وعند { $name }. لا يمكن التراجع عن ذلك.
deleted-for-everyone = حُذفت الرسالة لدى الجميع.
unassign-title = إلغاء تعيين { $name }؟
unassign-text = لن يكون { $name } خبيرًا في «{ $course }». تبقى محادثات المتعلّمين محفوظة للقراءة فقط ما لم تربطهم صلة أخرى. وتُفتح ثانيةً إذا عُيِّن { $name } من جديد.
unassign-confirm = إلغاء التعيين
unassign-done = أُلغي تعيين { $name }.
unenrol-title = إلغاء تسجيل { $name }؟
unenrol-text = يفقد { $name } الوصول إلى «{ $course }». تبقى المحادثات مع خبرائها محفوظة للقراءة فقط ما لم تربطهم صلة أخرى. وتُفتح ثانيةً إذا سُجِّل { $name } من جديد.
unenrol-confirm = إلغاء التسجيل
unenrol-done = أُلغي تسجيل { $name }.
expert-assigned = أصبح { $name } خبيرًا.
learner-enrolled = سُجِّل { $name }.
messaging-off-title = إيقاف المراسلة الخاصة؟
messaging-off-text = يختفي قسم الرسائل لدى الجميع، ولا يمكن لأحد الإرسال. تبقى كل المحادثات محفوظة وتعود عند تشغيلها من جديد.
messaging-off = إيقاف
messaging-off-done = أُوقفت المراسلة الخاصة.
deactivated = عُطِّل { $name }.
activated = فُعِّل { $name }.
revoke-title = إلغاء «{ $name }»؟
revoke-name = إلغاء { $name }
revoke-text = تتوقف البرامج التي تستخدم هذا الرمز فورًا. لا يمكن التراجع عن ذلك.
token-revoked = أُلغي «{ $name }».
remove-device-title = إزالة { $name }؟
remove-device-text = لن تصل إليه إشعارات بعد الآن. تبقى محادثاتك كما هي.
session-end-title = إنهاء الجلسة في { $name }؟
session-end-text = يُسجَّل خروج ذلك المتصفّح فورًا. تبقى المحادثات محفوظة.
delete-mail-title = حذف هذه الرسالة البريدية؟
delete-mail-text = تُحذف «{ $subject }» بكل ما فيها. لا يمكن التراجع عن ذلك.
mail-deleted = حُذفت الرسالة البريدية.
decline-link-title = رفض رابط { $name }؟
decline-link-text = لن يرى صاحب الطلب الرابط. يمكنه أن يطلب من جديد.
decline-link-done = رُفض الطلب.
withdraw-link-title = سحب الطلب الخاص بـ { $name }؟
withdraw-link-text = لن يستطيع أحد تأكيده بعد الآن. يمكنك أن تطلب من جديد.
withdraw-link-done = سُحب الطلب.

# الرسائل باللمس وبلوحة المفاتيح ومن دون اتصال
message-menu-of = خيارات الرسالة: { $name }
message-menu-mine = خيارات الرسالة: رسالتك
chat-menu-of = خيارات المحادثة: { $name }
copy-text = نسخ النص
row-waiting = في الانتظار: { $text }
key-messages = التنقّل بين الرسائل
key-message-menu = فتح قائمة الرسالة
key-unread = تحديد محادثة كغير مقروءة، أو بدءًا من رسالة

# مجموعات بوابة الإدارة
portal-people = الأشخاص
portal-learning = التعلّم
portal-account = الحساب

# Files

files = الملفات
attach-files = إرفاق ملفات
remove-file = إزالة { $name }
file-progress = { $percent }٪ من { $size }
file-progress-of = جارٍ رفع { $name }
file-waiting = في الانتظار…
file-paused = متوقف مؤقتًا
file-checking = جارٍ الفحص…
file-ready = جاهز
file-failed = لا يمكن إرساله
file-failed-file_too_large = كبير جدًا (الحد { $size })
file-failed-files_full = لا مساحة للملفات
file-failed-files_off = لا تُرسل الملفات هنا
file-failed-file_kind = لا يُرسل هذا النوع
file-failed-kind = لا يُرسل هذا النوع
file-failed-picture = لا يمكن قراءة الصورة
file-failed-picture_too_large = الصورة كبيرة جدًا
file-failed-virus = حُجز: فيه فيروس
file-failed-too_many_uploads = ملفات كثيرة لم تُرسل
file-unscanned = { $size } · لم يُفحص من الفيروسات
too-many-files = يمكن أن تحوي الرسالة { $count } ملفات على الأكثر.
drop-files = أفلت الملفات هنا
sending-files = جارٍ إرسال { $at } من { $count }
view-picture = عرض { $name }
view-more-pictures = عرض { $name } و{ $count } أخرى
picture-viewer = الصور
picture-of = { $at } من { $count }
previous-picture = الصورة السابقة
next-picture = الصورة التالية
zoom-in = تكبير
zoom-out = تصغير
download = تنزيل { $name }
line-pictures = { $count ->
    [one] صورة
    [two] صورتان
    [few] { $count } صور
    [many] { $count } صورة
   *[other] { $count } صورة
  }
line-files = { $count ->
    [one] ملف واحد
    [two] ملفان
    [few] { $count } ملفات
    [many] { $count } ملفًا
   *[other] { $count } ملف
  }
line-file = ملف · { $name }
line-video = فيديو · { $name }
notice-files_off = لا يمكن إرسال الملفات هنا.
notice-file_kind = لا يمكن إرسال ملفات من هذا النوع هنا.
notice-kind = أحد الملفات من نوع لا يمكن إرساله هنا.
notice-file_too_large = أحد الملفات كبير جدًا.
notice-files_full = لم تعد هناك مساحة للملفات.
notice-file_not_found = أحد الملفات لم يعد موجودًا. احذف هذه الرسالة وأرفقه مرة أخرى.
notice-file_not_ready = أحد الملفات ليس جاهزًا بعد. انتظر قليلًا ثم أعد المحاولة.
notice-file_refused = لا يمكن إرسال أحد الملفات.
notice-picture = لا يمكن قراءة إحدى الصور.
notice-picture_too_large = إحدى الصور كبيرة جدًا.
notice-virus = في أحد الملفات فيروس، وقد حُجز.
largest-file = أكبر ملف
largest-file-off = بلا ملفات
file-kinds = أنواع الملفات
file-kinds-hint = يُعرف نوع الملف من محتواه، لا من اسمه.
file-kind-picture = الصور
file-kind-audio = الصوت
file-kind-video = الفيديو
file-kind-document = المستندات
file-kind-archive = الأرشيفات
file-kind-other = كل ما عدا ذلك، بما فيه البرامج
file-room = المستخدم { $used }
file-room-of = المستخدم { $used } من { $room }
# التعديل والرد والتفاعل
reply = رد
react = تفاعل
react-with = تفاعل بـ { $emoji }
more-emoji = رموز تعبيرية أخرى
reactions = التفاعلات
reaction-of = { $emoji }: { $names }
reacted = تفاعل { $name } بـ { $emoji } مع: { $text }
reacted-more = { $count ->
    [zero] لا أحد غيرهم
    [one] شخص آخر
    [two] شخصان آخران
    [few] { $count } آخرون
    [many] { $count } آخرون
   *[other] { $count } آخرون
  }
edited = معدّلة
edit-hint = Enter للحفظ، وEsc للإلغاء
editing = تعديل الرسالة
save-edit = حفظ
leave-editing = إلغاء التعديل
replying-to = رد على { $name }
leave-reply = عدم الرد على هذه الرسالة
yourself = نفسك
quote-of = الانتقال إلى رسالة { $name }: { $text }
quote-gone = لم تعد هذه الرسالة ظاهرة لك
versions-title = ما كانت تقوله من قبل
version-now = الآن، منذ { $at }
copy-link = نسخ رابط الرسالة
choose-emoji = اختر رمزًا تعبيريًا
search-emoji = البحث في الرموز التعبيرية
no-emoji = لم يُعثر على رموز.
emoji-found = { $count ->
    [zero] لم يُعثر على رموز
    [one] عُثر على رمز واحد
    [two] عُثر على رمزين
    [few] عُثر على { $count } رموز
    [many] عُثر على { $count } رمزًا
   *[other] عُثر على { $count } رمز
  }
emoji-smileys_emotion = الوجوه
emoji-people_body = الأشخاص
emoji-animals_nature = الحيوانات والطبيعة
emoji-food_drink = الطعام والشراب
emoji-travel_places = السفر والأماكن
emoji-activities = الأنشطة
emoji-objects = الأشياء
emoji-symbols = الرموز
emoji-flags = الأعلام
key-reply = الرد على رسالة
key-edit = تعديل آخر رسالة لك، في حقل فارغ
refusal-too_late = فات أوان تعديل هذه الرسالة.
refusal-edits_full = عُدّلت هذه الرسالة مرات كثيرة. اكتب رسالة جديدة.
refusal-reactions_full = بلغت التفاعلات المختلفة مع هذه الرسالة حدّها.
refusal-message_deleted = حُذفت هذه الرسالة عند الجميع.

# الرسائل المميّزة بنجمة
star-message = تمييز بنجمة
unstar-message = إزالة النجمة
is-starred = مميّزة بنجمة
message-starred = مُيّزت الرسالة بنجمة.
star-removed = أُزيلت النجمة.
starred-messages = الرسائل المميّزة بنجمة
starred-in = الرسائل المميّزة في المحادثة مع { $name }
starred-to = إلى { $name }
starred-more = عرض المزيد
starred-not-loaded = تعذّر تحميل الرسائل المميّزة
no-starred = لا رسائل مميّزة بعد
no-starred-text = ميّز رسالة بنجمة من قائمتها لتجدها هنا لاحقًا. لا يرى نجومك أحد غيرك.
list-menu = قوائم أخرى
key-star = تمييز رسالة بنجمة أو إزالة نجمتها
refusal-too_many_starred = يمكنك تمييز 1000 رسالة كحد أقصى. أزل نجمة أخرى أولًا.

# Send later
send-later = إرسال لاحقًا
later-zone = منطقتك الزمنية: { $city }.
later-zones = منطقتك الزمنية: { $city }. الساعة الآن { $time } لدى { $name }.
later-offline = أنت غير متصل. تحتاج الجدولة إلى الخادم: يبقى نصك هنا حتى تعود متصلًا.
later-back = عندما يعود { $name }
later-afternoon = بعد ظهر اليوم
later-evening = هذا المساء
later-hour = بعد ساعة
later-tomorrow = صباح الغد
later-morning = صباح { $day }
later-pick = اختيار التاريخ والوقت
later-schedule = جدولة
later-date = التاريخ
later-time = الوقت
later-no-date = اختر تاريخًا.
later-no-time = اختر وقتًا.
later-past = اختر وقتًا بعد دقيقة من الآن على الأقل.
later-too-far = اختر تاريخًا خلال السنة القادمة.
later-gap = تُقدَّم الساعة في تلك الليلة فلا تمرّ بالوقت { $time }. ستُرسل الرسالة فور تقديمها.
later-today-at = اليوم، { $time }
later-tomorrow-at = غدًا، { $time }
later-day-at = { $day }، { $time }
later-for-them = { $day }، { $time } لدى { $name } ({ $city })
later-done = تمت الجدولة: { $when }.
later-files-wait = انتظر حتى يكتمل رفع الملفات، ثم جدول الرسالة.
later-line =
    { $count ->
        [one] رسالة واحدة مجدولة: { $when }.
        [two] رسالتان مجدولتان. الأقرب: { $when }.
        [few] { $count } رسائل مجدولة. الأقرب: { $when }.
        [many] { $count } رسالة مجدولة. الأقرب: { $when }.
       *[other] { $count } رسالة مجدولة. الأقرب: { $when }.
    }
later-refused-line =
    { $count ->
        [one] لم تُرسل رسالة مجدولة واحدة.
        [two] لم تُرسل رسالتان مجدولتان.
        [few] لم تُرسل { $count } رسائل مجدولة.
        [many] لم تُرسل { $count } رسالة مجدولة.
       *[other] لم تُرسل { $count } رسالة مجدولة.
    }
later-show = عرض
later-list = الرسائل المجدولة
later-list-in = مجدولة إلى { $name }
later-none = لا شيء مجدول
later-none-text = السهم بجانب زر الإرسال يرسل الرسالة في الوقت الذي تختاره.
later-not-sent = لم تُرسل
later-text = الرسالة
later-empty = اكتب شيئًا أولًا.
later-edit = تعديل
later-now = إرسال الآن
later-cancel = إلغاء هذه الرسالة
later-cancelled = أُلغيت الرسالة.
later-restored = أُعيدت جدولة الرسالة.
later-sent = أُرسلت الرسالة.
later-changed = عُدّلت الرسالة.
later-because-restored = استُعيد الخادم من نسخة احتياطية بعد موعد هذه الرسالة، فربما تكون قد أُرسلت. راجع المحادثة أولًا.
later-because-not_found = لم تعد هذه المحادثة موجودة.
later-because-fault = حدث خطأ في الخادم. أرسلها مرة أخرى.
later-problem-too_many_scheduled = يمكنك جدولة 100 رسالة كحد أقصى. أرسل بعضها أو ألغه أولًا.
later-problem-too_many_scheduled_in_chat = يمكنك جدولة 20 رسالة كحد أقصى في المحادثة. أرسل بعضها أو ألغه أولًا.
later-problem-scheduled_changed = عُدّلت هذه الرسالة على جهاز آخر. راجعها من جديد.
later-problem-already_sent = أُرسلت هذه الرسالة.
key-later = إرسال لاحقًا

# Formatting
code-block = شيفرة
code-block-in = شيفرة، { $language }
copy-code = نسخ الشيفرة
text-more = عرض المزيد
text-less = عرض أقل
formatting = التنسيق
format-preview = كيف ستبدو الرسالة
format-bold = غامق
format-italic = مائل
format-code = شيفرة
format-code-block = كتلة شيفرة
format-bullets = قائمة نقطية
format-numbers = قائمة مرقمة
format-quote = اقتباس
format-link = رابط
format-formula = صيغة رياضية
key-format = غامق، مائل، شيفرة
key-format-link = رابط
key-format-lists = قائمة مرقمة، قائمة نقطية، اقتباس
key-plain-paste = لصق دون تنسيق

# معاينة الروابط
remove-preview = إزالة المعاينة
preview-removed = أُزيلت المعاينة.
preview-hosts = معاينة الروابط
preview-hosts-hint = يحصل أول رابط في الرسالة على بطاقة معاينة إذا كان يقود إلى أحد هذه المضيفات، واحد في كل سطر: example.org، أو ⁦*.example.org⁩ لكل ما تحته. يفتح الخادم الصفحة. فارغ: من دون معاينات.
preview-hosts-off = معاينة الروابط معطّلة على هذا الخادم.
