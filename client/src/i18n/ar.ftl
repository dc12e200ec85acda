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
theme-system = مثل النظام
theme-light = فاتح
theme-dark = داكن
skip = انتقل إلى المحتوى
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
not-found-title = هذه الصفحة غير موجودة
not-found-text = العنوان خاطئ، أو لا يحق لك رؤية ما وراءه.
chat-not-loaded = لم تُحمَّل هذه المحادثة
try-again = حاول مرة أخرى
fault = لم ينجح ذلك. حاول مرة أخرى.
problem-sign_in_failed = اسم الدخول أو كلمة المرور غير صحيحة.
problem-too_many = محاولات كثيرة. انتظر دقيقة ثم حاول مرة أخرى.
problem-unavailable = قاعدة البيانات لا تستجيب الآن. لم يتغير شيء؛ حاول مرة أخرى.
problem-not_found = لم يعد موجودًا، أو لا يحق لك رؤيته.
problem-signed_out = لقد سُجّل خروجك. سجّل الدخول من جديد.
unreachable = الخادم لا يجيب. تحقق من اتصالك وحاول مرة أخرى.
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
search-failed = تعذّر البحث. تحقق من اتصالك ثم حاول مرة أخرى.
announcements = تنبيهات
role-owner = مالك الحساب
role-administrator = مدير
role-department_administrator = مدير قسم
role-author = مؤلف
role-learner = متعلم

# Coming in
sign-in = تسجيل الدخول
sign-in-title = تسجيل الدخول إلى { $academy }
login-or-email = اسم الدخول أو البريد الإلكتروني
password = كلمة المرور
show-password = إظهار كلمة المرور
demo-title = جرّب العرض بصفة
demo-hint = هذا عرض بأشخاص خياليين. نقرة واحدة تسجّل دخولك.
demo-password = أو سجّل الدخول بنفسك: كلمة مرور الجميع هي { $password }.
set-up-title = إعداد Hallway
set-up-text = ينشئ هذا أكاديميتك ومالكها، ويتم مرة واحدة.
set-up-token = رمز الإعداد
set-up-token-hint = طبعه الخادم عند تشغيله.
set-up-needed = لم يتم إعداد Hallway بعد. افتح العنوان الذي طبعه الخادم عند تشغيله.
academy-name = اسم الأكاديمية
your-name = اسمك
email = البريد الإلكتروني
login = اسم الدخول
create-academy = إنشاء الأكاديمية
choose-password-title = اختر كلمة مرورك
choose-password-hint = 10 أحرف على الأقل.
choose-password = حفظ وتسجيل الدخول
link-spent = استُخدم هذا الرابط من قبل أو انتهت صلاحيته. اطلب رابطًا جديدًا من أحد المديرين.

# Messages: the list
new-chat = محادثة جديدة
search-chats = ابحث في الأشخاص والرسائل
filter-all = الكل
filter-unread = غير المقروءة
filter-unread-count = غير المقروءة { $count }
chats = المحادثات
no-chats = لا توجد رسائل بعد
no-chats-learner = افتح إحدى الدورات: في بطاقة كل خبير رابط «اكتب إلى خبير».
no-chats-staff = اكتب إلى شخص ما عبر «محادثة جديدة».
no-unread = كل شيء مقروء
no-chat-chosen = اختر محادثة لقراءتها هنا
row-expert = خبير · { $course }
row-question = سؤال · { $course }
you-said = أنت: { $text }
not-sent-mark = لم تُرسل.
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
chat-menu = المزيد عن هذه المحادثة
message-menu = المزيد عن هذه الرسالة
open-course = افتح الدورة
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
    [one] زيادة حرف واحد
    [two] زيادة حرفين
    [few] زيادة { $count } أحرف
    [many] زيادة { $count } حرفًا
   *[other] زيادة { $count } حرف
  }
state-waiting = في الانتظار
state-sending = جارٍ الإرسال…
state-sent = أُرسلت
state-read = قُرئت
state-not-sent = لم تُرسل
retry = إعادة المحاولة
offline = أنت غير متصل. ستُرسل الرسائل عند عودة الاتصال.
asks-about = سؤال عن { $course }
start-hint = اكتب رسالتك الأولى إلى { $name }.
start-about = سؤالك إلى { $name } عن { $course }.
to-newest = إلى الأحدث
to-newest-count = { $count ->
    [0] إلى الأحدث
    [one] إلى الأحدث، رسالة جديدة واحدة
    [two] إلى الأحدث، رسالتان جديدتان
    [few] إلى الأحدث، { $count } رسائل جديدة
    [many] إلى الأحدث، { $count } رسالة جديدة
   *[other] إلى الأحدث، { $count } رسالة جديدة
  }
delete-message = حذف الرسالة
delete-for-everyone = الحذف لدى الجميع
message-deleted-undo = حُذفت الرسالة.
undo = تراجع
delete-chat = حذف المحادثة
delete-chat-with = حذف المحادثة مع { $name }
delete-chat-text = تُحذف نسختك فقط. تبقى نسخة { $name }.
chat-deleted = حُذفت المحادثة.
said = { $name }: { $text }
you = أنت

keys = المفاتيح
keys-title = مفاتيح الرسائل
key-search = بحث
key-new = محادثة جديدة
key-help = عرض هذه المفاتيح
key-escape = إغلاق القائمة، ثم النافذة، ثم المحادثة
key-arrows = التنقل في القائمة وفي القوائم المنسدلة
key-enter = إرسال الرسالة
key-shift-enter = سطر جديد
key-undo = التراجع عن آخر حذف

# Why something is refused
notice-messaging_off = المراسلة الخاصة متوقفة. محادثاتك محفوظة.
notice-other_removed = أُزيل { $name } من الحساب. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-other_deactivated = عُطّل حساب { $name }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-other_not_expert = لم يعد { $name } خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-you_not_expert = لم تعد خبيرًا في { $course }. المحادثة محفوظة، لكن لا يمكنك الكتابة فيها.
notice-neither_may_write = لا يحق لأي منكما حاليًا الكتابة إلى الآخر. المحادثة محفوظة.
notice-no_relation = لا يحق لك أن تكتب أولاً إلى { $name }.
notice-you_not_active = حسابك غير نشط.
notice-yourself = لا يمكنك الكتابة إلى نفسك.
notice-too_many = أنت تكتب بسرعة كبيرة. انتظر لحظة ثم أعد المحاولة.
notice-invalid = لا يمكن إرسال هذا النص.
notice-key_reused = لم تُرسل هذه الرسالة: اختلطت برسالة أقدم. أعد المحاولة لإرسالها.
notice-other = رُفض هذا.
see-experts = افتح الدورة
see-experts-after = لترى خبراءها.

# New chat
to = إلى
people-hint-all = ترى كل من تديرهم.
people-hint-departments = ترى أشخاص الأقسام التي تديرها وخبراء دوراتك.
people-hint-other = ترى من يحق لك أن تكتب إليهم أولاً.
nobody = لم يُعثر على أحد

# Courses
my-courses = دوراتي
no-courses = لا توجد دورات بعد
no-courses-text = عندما يسجلك أحد المديرين في دورة تجدها هنا.
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
password-changed = تغيرت كلمة مرورك، وسُجّل خروجك من كل مكان آخر.
sessions = جلساتي
sessions-hint = المتصفحات التي سجّلت الدخول منها. أنهِ ما لا تعرفه أو لم تعد تستخدمه، وغيّر كلمة مرورك إن لم يكن لك.
sessions-alone = هذا الجهاز وحده مسجّل الدخول.
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
sessions-end-others-text = يُسجَّل خروج كل متصفحاتك الأخرى فورًا. يبقى هذا المتصفح مسجّل الدخول، وتستمر البرامج التي لديها رمز وصول.
sessions-ended = { $count ->
    [0] لم يكن أي جهاز آخر مسجّل الدخول.
    [one] انتهت جلسة واحدة.
    [two] انتهت جلستان.
    [few] انتهت { $count } جلسات.
    [many] انتهت { $count } جلسة.
   *[other] انتهت { $count } جلسة.
}
tokens = رموز الوصول الشخصية
tokens-hint = للبرامج التي تستخدم Hallway نيابة عنك. عامل الرمز مثل كلمة المرور.
token-name = ما الغرض منه؟
token-made = انسخ الرمز الآن، فلن يظهر مرة أخرى.
token-scope = ما المسموح له؟
token-scope-read = القراءة
token-scope-write = القراءة والكتابة
token-scope-admin = كل ما يُسمح لي به
token-made-on = أُنشئ: { $date }
token-until = ينتهي: { $date }
token-endless = بلا انتهاء
make-token = إنشاء رمز
revoke = إلغاء الرمز
no-tokens = ليس لديك رموز.

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
nobody-chosen = لا أحد
manages = يدير
state = الحالة
state-active = نشط
state-inactive = معطّل
state-removed = مُزال
all-roles = كل الأدوار
all-states = النشطون والمعطّلون
deactivate = تعطيل
activate = تفعيل
remove-user = إزالة
remove-user-title = إزالة { $name }؟
remove-user-text = يُسجَّل خروجه من كل مكان ولا يمكنه العودة. تبقى المحادثات معه محفوظة للقراءة فقط.
deactivate-title = تعطيل { $name }؟
deactivate-text = يُسجَّل خروجه من كل مكان حتى يُفعَّل من جديد. تبقى المحادثات معه محفوظة للقراءة فقط.
sign-in-link = رابط الدخول
sign-in-link-text = أعطِ هذا الرابط إلى { $name }. يعمل مرة واحدة خلال سبعة أيام ويتيح اختيار كلمة مرور.
link-first = لم يسجّل { $name } الدخول من قبل. يمكنك رؤية الرابط وإعطاؤه له.
link-is-told = يُخبَر { $name } بأنك أنشأت الرابط ومتى.
link-by-mail = سبق أن سجّل { $name } الدخول، لذلك لا يحق لأحد آخر رؤية الرابط. يُرسل بالبريد إلى:
link-to-former = تغيّر العنوان إلى { $email } قبل أقل من أسبوع ولم يؤكده { $name } بعد. تُرسل الروابط إلى العنوان السابق.
link-by-operator = سبق أن سجّل { $name } الدخول، ولا يصله بريد. اضبط البريد، أو اسمح لمسؤول ثانٍ بتأكيد الروابط (الإعدادات)، أو اطلب الرابط ممن يشغّل الخادم:
link-needs-second = سبق أن سجّل { $name } الدخول، ولا يصله بريد. بعد أن يؤكد مسؤول ثانٍ يمكنك رؤية الرابط.
link-asked = طُلب في { $moment }. يجده مسؤول آخر فوق قائمة المستخدمين. ينتهي بعد يوم.
link-confirmed = أكّد مسؤول ثانٍ ذلك. يمكنك رؤية رابط { $name } مرة واحدة.
link-mailed = الرابط في الطريق إلى { $email }.
show-link = إظهار الرابط
mail-link = إرسال الرابط بالبريد
ask-second = طلب تأكيد مسؤول ثانٍ
link-requests = روابط دخول تنتظر التأكيد
link-requests-hint = من يرى رابطًا كهذا يستطيع الدخول باسم ذلك الشخص. أكّد فقط ما سألت عنه الاثنين.
link-request-by = طلب { $name } في { $moment } رؤية الرابط.
link-request-confirmed = أكّد { $name } ذلك. افتح «رابط تسجيل الدخول» بجانب الشخص.
confirm-link = تأكيد
confirm-link-for = تأكيد رابط { $name }
decline-link = رفض
decline-link-for = رفض رابط { $name }
withdraw-link = سحب الطلب
withdraw-link-for = سحب الطلب الخاص بـ { $name }
link-was-confirmed = يمكن لـ { $name } رؤية الرابط الآن.
links-by-confirmation = يجوز لمسؤول ثانٍ تأكيد روابط تسجيل الدخول
links-by-confirmation-hint = لمن سبق أن سجّلوا الدخول ولا يصلهم بريد. عندئذ يرى صاحب الطلب الرابط ويُخبَر الشخص بذلك.
copy = نسخ
copied = تم النسخ.
photo = الصورة
add-department = إضافة قسم
add-below = إضافة قسم فرعي
department-members = { $count ->
    [0] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
  }
remove-department-title = إزالة { $name }؟
remove-department-text = يجب أن يكون القسم فارغًا.
parent = ينتمي إلى
at-the-top = في الأعلى
add-course = إضافة دورة
description = الوصف
lessons-hint = درس واحد في كل سطر.
experts = الخبراء
enrolled = المسجَّلون
assign-expert = تعيين خبير
enrol = تسجيل شخص
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
remove-course-text = تزول معها التسجيلات والخبراء. تبقى المحادثات عنها محفوظة.
import-kind = ماذا يحوي الملف؟
kind-users = مستخدمون
kind-departments = أقسام
kind-courses = دورات
kind-enrolments = تسجيلات
kind-experts = خبراء
import-columns-users = الأعمدة: name وemail وlogin؛ وإن شئت role وtitle وdepartment وsupervisor وmanages وstate.
import-columns-departments = الأعمدة: department (المسار مثل Operations/Warehouse)؛ وإن شئت supervisor.
import-columns-courses = الأعمدة: title؛ وإن شئت description وlessons (مفصولة بـ |).
import-columns-enrolments = الأعمدة: course (العنوان) وlogin.
import-columns-experts = الأعمدة: course (العنوان) وlogin.
choose-file = اختر ملف CSV أو XLSX
checking = فحص السطر { $done } من { $total }…
applying = استيراد السطر { $done } من { $total }…
import-preview = للإضافة { $add }، للتغيير { $change }، بلا تغيير { $same }.
import-refused = { $count ->
    [0] لا أخطاء
    [one] سطر واحد خاطئ. لم يتغير شيء.
    [two] سطران خاطئان. لم يتغير شيء.
    [few] { $count } أسطر خاطئة. لم يتغير شيء.
    [many] { $count } سطرًا خاطئًا. لم يتغير شيء.
   *[other] { $count } سطر خاطئ. لم يتغير شيء.
  }
import-line = السطر
import-column = العمود
import-value = القيمة
import-why = ما الخطأ
import-apply = { $count ->
    [0] استيراد
    [one] استيراد سطر واحد
    [two] استيراد سطرين
    [few] استيراد { $count } أسطر
    [many] استيراد { $count } سطرًا
   *[other] استيراد { $count } سطر
  }
import-done = تم الاستيراد: أُضيف { $add }، تغيّر { $change }.
import-left-out = { $count ->
    [0] لم يُترك أي سطر.
    [one] سطر واحد أصبح خاطئًا بعد الفحص فتُرك.
    [two] سطران أصبحا خاطئين بعد الفحص فتُركا.
    [few] { $count } أسطر أصبحت خاطئة بعد الفحص فتُركت.
    [many] { $count } سطرًا أصبح خاطئًا بعد الفحص فتُرك.
   *[other] { $count } سطر أصبح خاطئًا بعد الفحص فتُرك.
  }
import-failed = فشل الاستيراد ولم يتغير شيء: { $reason }
import-stopped = توقف الاستيراد بعد { $done } من { $total } سطر: { $reason }
private-messaging = المراسلة الخاصة
private-messaging-hint = عند إيقافها يختفي قسم الرسائل ولا يستطيع أحد الكتابة. تبقى كل المحادثات محفوظة.
mode = من يحق له بدء محادثة
mode-strict = صارم
mode-strict-hint = يكتب الإداريون إلى من يديرونهم، ويكتب المتعلمون إلى خبراء دوراتهم.
mode-managers = المديرون
mode-managers-hint = صارم، ويحق للجميع أيضًا الكتابة إلى من يديرونهم.
mode-limited = محدود
mode-limited-hint = صارم، ويكتب الحضور إلى منظم تدريبهم، والمشرفون إلى من يشرفون عليهم.
mode-open = مفتوح
mode-open-hint = يحق للجميع الكتابة إلى الجميع.
delete-window = يُعرض «الحذف لدى الجميع» لمدة
delete-window-hours = { $count ->
    [0] لا يُعرض
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
  }

# الإشعارات: ما تُبلَّغ به وأنت غائب
notices = الإشعارات
notices-hint = ما تُبلَّغ به حين لا تنظر إلى الرسائل. قسم الرسائل نفسه يُظهر كل شيء فورًا دائمًا.
notices-push = على هذا الجهاز
notices-push-hint = إشعار على شاشة هذا الجهاز حتى حين لا تكون الصفحة مفتوحة.
notices-push-refused = مُنع هذا المتصفح من إظهار الإشعارات. اسمح بها لهذا الموقع في إعداداته ثم عد.
notices-push-cannot = لا يستطيع هذا المتصفح إظهار الإشعارات. على iPhone أو iPad أضف Hallway إلى الشاشة الرئيسية أولًا.
notices-push-not-here = لا تعمل الإشعارات على هذا الجهاز. جرّب متصفحًا آخر.
channel-push = الأجهزة
channel-email = البريد
channel-messenger = برنامج المراسلة
kind-message = الرسائل
kind-question = أسئلة عن الدورات
when-now = فورًا
when-hourly = كل ساعة
when-daily = مرة في اليوم
when-never = أبدًا
choice-of = { $kind }: { $channel }
choice-locked = هذا قرار أكاديميتك.
quiet-hours = ساعات الهدوء
quiet-from = من
quiet-until = إلى
days-off = أيام العطلة
digest-at = مرة في اليوم، عند
hides-text = لا تُظهر النص
hides-text-hint = يقول الإشعار فقط إن هناك رسالة.
devices = الأجهزة التي تُبلَّغ
device-mine = هذا الجهاز
bounced = عاد البريد المرسل إلى { $email }: { $reason }. لن يُرسل بريد إليه حتى يتغير العنوان أو تحاول من جديد.
bounced-again = حاول من جديد
bounced-user = عاد البريد المرسل إلى { $email }: { $reason }. صحّح العنوان، أو اطلب من صاحبه أن يحاول من جديد في ملفه.
mail-bounced = البريد المرسل إلى { $email } يعود، فلا يصلك بريد عن الرسائل.
mail-bounced-more = ما العمل؟
user-mail-bounced = البريد يعود
mails-ended = أوقفت كل الرسائل البريدية بالرابط الموجود في إحداها. ما اخترته أدناه يسري من جديد متى أردتها.
mails-again = أرسلوا لي البريد من جديد
mails-ended-user = { $name }: أُوقفت كل الرسائل البريدية بالرابط الموجود في إحداها، ولا يعيدها إلا صاحبها.
office-hours = ساعات العمل
office-hours-hint = يرى المتعلمون متى تجيب ومتى يتوقعون الرد.
office-on = أظهر ساعات العمل
office-opens = البداية
office-closes = النهاية
office-reply = الرد المعتاد خلال
office-reply-hours = { $count ->
    [one] ساعة عمل
    [two] ساعتي عمل
    [few] { $count } ساعات عمل
   *[other] { $count } ساعة عمل
  }
office-open = يجيب { $name } { $days } { $opens }–{ $closes }.
office-reply-by = يُتوقع الرد قبل { $by }.
mute-chat = اكتم هذه المحادثة
unmute-chat = أبلغني بهذه المحادثة من جديد
muted = مكتومة
chat-muted = لن تُبلَّغ بهذه المحادثة. تبقى ظاهرة هنا.
chat-unmuted = ستُبلَّغ بهذه المحادثة من جديد.
by-mail = رد بالبريد
show-quoted = أظهر النص المقتبس
stop-mails-title = لا مزيد من البريد؟
stop-mails-asked = لن يصلك بريد عن الرسائل بعد الآن. كل شيء يبقى في الرسائل.
stop-mails-do = أوقف البريد
stop-mails-ended = تم. لن يصلك بريد عن الرسائل بعد الآن.
stop-mails-resumed = يصلك البريد من جديد كما اخترت في ملفك.
notices-policy-hint = ما يُبلَّغ به من لم يختر بنفسه. ما قُفل لا يغيره أحد، إلا أن لكل شخص أن يوقف البريد بالرابط الموجود في كل رسالة منه.
lock-choice = اقفل { $choice }
mail-after = يُرسل البريد حين تبقى الرسالة غير مقروءة
mail-after-minutes = { $count ->
    [0] بلا انتظار
    [one] دقيقة
    [two] دقيقتين
    [few] { $count } دقائق
   *[other] { $count } دقيقة
  }
mail-colour = لون البريد
mail-colour-usual = اللون المعتاد
hides-text-all = لا تُظهر النصوص خارج Hallway أبدًا
kept-mails = بريد محفوظ جانبًا
kept-mails-hint = بريد وصل ولم يمكن فعل شيء به: أحدث 200 رسالة من آخر 90 يومًا.
kept-unreadable = غير مقروء
kept-forged = مرسله مزوَّر
kept-no_address = لا ينتمي إلى أي محادثة
kept-not_sent = تعذر إرساله
kept-unclear_sender = مرسله غير واضح
kept-too_complex = فيه أجزاء كثيرة جدًا
kept-too_hard = استغرقت قراءته وقتًا طويلًا

set-aside = موضوع جانبًا
set-aside-hint = عمل في الخلفية فشل مرة بعد أخرى. لا شيء آخر ينتظره.
job-notification = إشعار
job-import = استيراد
job-inbound_mail = بريد وارد
job-mail = رسالة بريد
job-upkeep = ترتيب
job-other = عمل آخر
job-queued = تجري المحاولة من جديد الآن.
job-discarded = تم التجاهل.
discard = تجاهل
discard-title = أتريد تجاهل هذا؟
discard-text = لن يُنفَّذ. لا يمكن التراجع عن ذلك.
discard-text-mail = سيُحذف البريد ونصه. لا يمكن التراجع عن ذلك.

# The audit log
audit-log = سجل التدقيق
audit-log-hint = من غيّر ماذا. لا يمكن تعديله، ولا يُظهر أبدًا ما يكتبه الناس.
audit-mine = ما الذي حدث لحسابي
audit-mine-hint = عمليات تسجيل الدخول والروابط وتغييرات دورك وصلاحياتك وكلمة مرورك.
audit-empty = لم يُسجَّل شيء بعد.
audit-empty-filtered = لا شيء مطابق. اختر شروطًا أقل أو تواريخ أخرى.
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
audit-group-mail = البريد المحفوظ جانبًا
audit-group-job = العمل في الخلفية
audit-by = من فعل ذلك
audit-about = من يخصه ذلك
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
audit-account-moved = نقل كل شيء إلى PostgreSQL
audit-account-notifications-changed = تغيير ما يُبلَّغ الناس به
audit-entry-signed-in = تسجيل الدخول
audit-entry-failed = فشل تسجيل الدخول باسم { $person }
audit-entry-failed-unknown = محاولة أسماء دخول لا يملكها أحد
audit-entry-signed-out = تسجيل الخروج
audit-entry-session-ended = إنهاء جلسة لـ { $person }
audit-entry-link-made = إنشاء رابط دخول لـ { $person }
audit-entry-link-asked = طلب رابط دخول لـ { $person }
audit-entry-link-confirmed = تأكيد رابط دخول لـ { $person }
audit-entry-link-declined = سحب أو رفض رابط دخول لـ { $person }
audit-entry-link-spent = اختيار كلمة مرور عبر رابط دخول
audit-entry-password-changed = تغيير كلمة مرور { $person }
audit-entry-token-made = إنشاء رمز الوصول { $thing }
audit-entry-token-revoked = إلغاء رمز الوصول { $thing }
audit-user-added = إضافة { $person }
audit-user-changed = تغيير بيانات { $person }
audit-user-role-changed = تغيير دور { $person } من { $from } إلى { $to }
audit-user-rights-changed = تغيير الأقسام التي يديرها { $person }
audit-user-deactivated = إيقاف { $person }
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
audit-course-withdrawn = سحب { $person } من { $thing }
audit-course-expert-assigned = تعيين { $person } خبيرًا في { $thing }
audit-course-expert-unassigned = إزالة { $person } من خبراء { $thing }
audit-training-added = إضافة التدريب { $thing }
audit-training-changed = تغيير التدريب { $thing }
audit-training-removed = إزالة التدريب { $thing }
audit-training-attended = إضافة { $person } إلى { $thing }
audit-training-left = سحب { $person } من { $thing }
audit-import-uploaded = رفع الملف { $thing } للاستيراد
audit-import-applied = استيراد الملف { $thing }
audit-import-failed = تعذّر استيراد الملف { $thing }
audit-mail-viewed = فتح رسالة محفوظة جانبًا
audit-mail-dropped = حذف رسالة محفوظة جانبًا
audit-job-retried = إعادة محاولة عمل في الخلفية
audit-job-discarded = إهمال عمل في الخلفية
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
fact-links_by_confirmation = مسؤول ثانٍ يؤكد الروابط
fact-asked_by = طلبه
fact-mode = من يمكنه بدء محادثة
fact-delete_for_everyone = الحذف لدى الجميع، بالثواني
fact-entries = القيود
fact-added = أُضيف
fact-changed = تغيّر
fact-lines = الأسطر
fact-kind = النوع
fact-is_there = موجودة
fact-hides_text = النصوص مخفية
fact-locked = مقفل
fact-mail_after = بريد بعد دقائق
fact-mail_colour = لون الرسائل
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

# What others did to one's way in.
access-notices = بشأن حسابك
the-operator = مشغّل الخادم
access-link-made = في { $moment } أنشأ { $name } رابط تسجيل دخول لك. من يملكه يستطيع الدخول باسمك.
access-link-spent = في { $moment } استُخدم رابط تسجيل دخول كان { $name } قد أنشأه لك، واختيرت كلمة مرور جديدة.
access-password-set = في { $moment } حدّد { $name } كلمة مرورك. اختر كلمة لا يعرفها غيرك:
access-email-changed = في { $moment } غيّر { $name } عنوان بريدك الإلكتروني.
access-new-email = أصبح الآن { $email }. هل هو لك؟
access-login-changed = في { $moment } غيّر { $name } الاسم الذي تسجّل به الدخول.
access-read = قرأت ذلك
access-mine = نعم، إنه لي
