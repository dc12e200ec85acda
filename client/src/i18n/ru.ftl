# Everywhere
app-name = Hallway
courses = Курсы
messages = Сообщения
messages-badge = { $count ->
    [0] Сообщения
    [one] Сообщения, { $count } непрочитанный чат
    [few] Сообщения, { $count } непрочитанных чата
    [many] Сообщения, { $count } непрочитанных чатов
   *[other] Сообщения, { $count } непрочитанного чата
  }
admin-portal = Управление
profile = Профиль
account-menu = Ваша учётная запись
sign-out = Выйти
language = Язык
theme = Оформление
theme-system = Как в системе
theme-light = Светлое
theme-dark = Тёмное
skip = К содержанию
cancel = Отмена
save = Сохранить
saved = Сохранено.
close = Закрыть
delete = Удалить
add = Добавить
edit = Изменить
remove = Убрать
search = Поиск
back = Назад
more = Ещё
loading = Загрузка…
show-more = Показать ещё
nothing-found = Ничего не найдено
optional = необязательно
not-found-title = Такой страницы нет
not-found-text = Адрес неверен, или вам не видно то, что за ним.
chat-not-loaded = Этот чат не загружен
try-again = Ещё раз
fault = Не получилось. Попробуйте ещё раз.
problem-sign_in_failed = Неверный логин или пароль.
problem-too_many = Слишком много попыток. Подождите минуту и попробуйте снова.
problem-unavailable = База данных сейчас не отвечает. Ничего не изменено; попробуйте ещё раз.
problem-not_found = Этого больше нет, или вам нельзя это видеть.
problem-signed_out = Вы вышли из системы. Войдите снова.
unreachable = Сервер не отвечает. Проверьте связь и попробуйте ещё раз.
clear-field = Очистить поле «{ $field }»
pages = Страницы
page-range = { $from }–{ $to } из { $total }
page-back = Назад
page-next = Далее
results = { $count ->
    [one] { $count } результат
    [few] { $count } результата
    [many] { $count } результатов
   *[other] { $count } результата
  }
search-failed = Поиск не удался. Проверьте соединение и попробуйте ещё раз.
announcements = Уведомления
role-owner = Владелец
role-administrator = Администратор
role-department_administrator = Администратор отдела
role-author = Автор
role-learner = Учащийся

# Coming in
sign-in = Войти
sign-in-title = Вход: { $academy }
login-or-email = Логин или почта
password = Пароль
show-password = Показать пароль
demo-title = Попробовать как
demo-hint = Это демонстрация с вымышленными людьми. Войти можно одним нажатием.
demo-password = Или войдите сами: пароль у всех — { $password }.
set-up-title = Настройка Hallway
set-up-text = Здесь создаются академия и её владелец. Это делается один раз.
set-up-token = Код настройки
set-up-token-hint = Сервер показал его при запуске.
set-up-needed = Hallway ещё не настроен. Откройте адрес, который сервер показал при запуске.
academy-name = Название академии
your-name = Ваше имя
email = Почта
login = Логин
create-academy = Создать академию
choose-password-title = Выберите пароль
choose-password-hint = Не меньше 10 знаков.
choose-password = Сохранить и войти
link-spent = Ссылка уже использована или устарела. Попросите у администратора новую.

# Messages: the list
new-chat = Новый чат
search-chats = Поиск людей и сообщений
filter-all = Все
filter-unread = Непрочитанные
filter-unread-count = Непрочитанные { $count }
chats = Чаты
no-chats = Сообщений пока нет
no-chats-learner = Откройте курс: в карточке каждого эксперта есть ссылка «Написать эксперту».
no-chats-staff = Напишите кому-нибудь через «Новый чат».
no-unread = Всё прочитано
no-chat-chosen = Выберите чат, чтобы прочитать его здесь
row-expert = Эксперт · { $course }
row-question = Вопрос · { $course }
you-said = Вы: { $text }
not-sent-mark = Не отправлено.
message-deleted = Сообщение удалено
row-name = { $unread ->
    [0] { $name }, { $role }, { $time }: { $text }
    [one] { $name }, { $role }, { $unread } непрочитанное сообщение, { $time }: { $text }
    [few] { $name }, { $role }, { $unread } непрочитанных сообщения, { $time }: { $text }
    [many] { $name }, { $role }, { $unread } непрочитанных сообщений, { $time }: { $text }
   *[other] { $name }, { $role }, { $unread } непрочитанного сообщения, { $time }: { $text }
  }
today = Сегодня
yesterday = Вчера

# Messages: the chat
back-to-chats = Назад к чатам
chat-with = Чат: { $name }
chat-menu = Ещё об этом чате
message-menu = Ещё об этом сообщении
open-course = Открыть курс
new-messages = Новые сообщения
history = Сообщения: { $name }
write-message = Напишите сообщение
forward = Отправить
composer-hint = Enter — отправить, Shift + Enter — новая строка
left-to-write = { $count ->
    [0] Осталось 0 знаков
    [one] Остался { $count } знак
    [few] Осталось { $count } знака
    [many] Осталось { $count } знаков
   *[other] Осталось { $count } знака
  }
too-long = { $count ->
    [0] 0
    [one] { $count } лишний знак
    [few] { $count } лишних знака
    [many] { $count } лишних знаков
   *[other] { $count } лишнего знака
  }
state-waiting = Ждёт
state-sending = Отправляется…
state-sent = Отправлено
state-read = Прочитано
state-not-sent = Не отправлено
retry = Повторить
offline = Нет связи. Сообщения уйдут, когда она появится.
asks-about = Вопрос о курсе «{ $course }»
start-hint = Напишите первое сообщение. Получатель: { $name }.
start-about = Ваш вопрос о курсе «{ $course }». Получатель: { $name }.
to-newest = К новым
to-newest-count = { $count ->
    [0] К новым
    [one] К новым, { $count } новое сообщение
    [few] К новым, { $count } новых сообщения
    [many] К новым, { $count } новых сообщений
   *[other] К новым, { $count } нового сообщения
  }
delete-message = Удалить сообщение
delete-for-everyone = Удалить у всех
message-deleted-undo = Сообщение удалено.
undo = Вернуть
delete-chat = Удалить чат
delete-chat-with = Удалить чат: { $name }
delete-chat-text = Удаляется только ваша копия. У собеседника ({ $name }) чат останется.
chat-deleted = Чат удалён.
said = { $name }: { $text }
you = Вы

keys = Клавиши
keys-title = Клавиши раздела «Сообщения»
key-search = Поиск
key-new = Новый чат
key-help = Показать эти клавиши
key-escape = Закрыть меню, затем окно, затем чат
key-arrows = Двигаться по списку и меню
key-enter = Отправить сообщение
key-shift-enter = Новая строка
key-undo = Отменить последнее удаление

# Why something is refused
notice-messaging_off = Личные сообщения отключены. Ваши чаты сохранены.
notice-other_removed = { $name }: учётная запись удалена. Чат сохранён, но писать в нём нельзя.
notice-other_deactivated = { $name }: учётная запись отключена. Чат сохранён, но писать в нём нельзя.
notice-other_not_expert = { $name } больше не эксперт курса «{ $course }». Чат сохранён, но писать в нём нельзя.
notice-you_not_expert = Вы больше не эксперт курса «{ $course }». Чат сохранён, но писать в нём нельзя.
notice-neither_may_write = Сейчас никто из вас не может писать другому. Чат сохранён.
notice-no_relation = Вы не можете написать первым. Получатель: { $name }.
notice-you_not_active = Ваша учётная запись отключена.
notice-yourself = Нельзя написать самому себе.
notice-too_many = Вы пишете очень быстро. Подождите немного и повторите.
notice-invalid = Такой текст нельзя отправить.
notice-key_reused = Не отправлено: сообщение перепуталось с более старым. Повторите, и оно уйдёт.
notice-other = В этом отказано.
see-experts = Откройте курс,
see-experts-after = чтобы увидеть его экспертов.

# New chat
to = Кому
people-hint-all = Здесь все, кем вы управляете.
people-hint-departments = Здесь люди отделов, которыми вы управляете, и эксперты ваших курсов.
people-hint-other = Здесь те, кому вы можете написать первым.
nobody = Никого не найдено

# Courses
my-courses = Мои курсы
no-courses = Курсов пока нет
no-courses-text = Когда администратор запишет вас на курс, он появится здесь.
lessons = Уроки
lesson-count = { $count ->
    [0] нет уроков
    [one] { $count } урок
    [few] { $count } урока
    [many] { $count } уроков
   *[other] { $count } урока
  }
course-experts = { $count ->
    [0] Эксперты курса
    [one] Эксперт курса
    [few] Эксперты курса
    [many] Эксперты курса
   *[other] Эксперты курса
  }
no-experts = Сейчас у курса нет эксперта.
write-an-expert = Написать эксперту
write-an-expert-name = Написать эксперту: { $name }
you-are-expert = Вы эксперт этого курса

# Profile
time-zone = Часовой пояс
change-password = Сменить пароль
current-password = Нынешний пароль
new-password = Новый пароль
password-changed = Пароль изменён. Во всех других местах вы вышли.
sessions = Мои сеансы
sessions-hint = Браузеры, в которых вы вошли. Завершите сеанс, который вам незнаком или больше не нужен, и смените пароль, если он не ваш.
sessions-alone = Вход выполнен только на этом устройстве.
session-named = { $browser }, { $system }
session-unknown = Неизвестный браузер
session-mine = Это устройство
session-network = Сеть
session-since = Вход
session-seen = Последняя активность
session-end = Завершить
session-end-name = Завершить сеанс: { $name }
session-ended = Сеанс завершён. На том устройстве выполнен выход.
sessions-end-others = Завершить все остальные
sessions-end-others-title = Завершить все остальные сеансы?
sessions-end-others-text = Во всех остальных ваших браузерах сразу будет выполнен выход. В этом вы останетесь; программы с токеном доступа продолжат работать.
sessions-ended = { $count ->
    [0] На других устройствах входа не было.
    [one] Завершён { $count } сеанс.
    [few] Завершено { $count } сеанса.
    [many] Завершено { $count } сеансов.
   *[other] Завершено { $count } сеанса.
}
tokens = Личные токены доступа
tokens-hint = Для программ, которые работают в Hallway от вашего имени. Берегите токен как пароль.
token-name = Для чего он?
token-made = Скопируйте токен сейчас. Больше он не будет показан.
token-scope = Что ему разрешено?
token-scope-read = Чтение
token-scope-write = Чтение и запись
token-scope-admin = Всё, что можно мне
token-made-on = Создан: { $date }
token-until = Действует до: { $date }
token-endless = Бессрочный
make-token = Создать токен
revoke = Отозвать
no-tokens = У вас нет токенов.

# Admin portal
users = Пользователи
departments = Отделы
import = Импорт
settings = Настройки
add-user = Добавить пользователя
edit-user = Изменить: { $name }
search-users = Поиск по имени, логину или почте
user-count = { $count ->
    [0] нет пользователей
    [one] { $count } пользователь
    [few] { $count } пользователя
    [many] { $count } пользователей
   *[other] { $count } пользователя
  }
name = Имя
role = Роль
title = Должность
department = Отдел
no-department = Без отдела
supervisor = Руководитель
nobody-chosen = Никто
manages = Управляет
state = Состояние
state-active = Активен
state-inactive = Отключён
state-removed = Удалён
all-roles = Все роли
all-states = Активные и отключённые
deactivate = Отключить
activate = Включить
remove-user = Удалить
remove-user-title = Удалить: { $name }?
remove-user-text = Все сеансы закроются, вернуться будет нельзя. Чаты сохранятся для чтения.
deactivate-title = Отключить: { $name }?
deactivate-text = Все сеансы закроются до нового включения. Чаты сохранятся для чтения.
sign-in-link = Ссылка для входа
sign-in-link-text = Передайте эту ссылку. Получатель: { $name }. Она действует один раз в течение семи дней и позволяет выбрать пароль.
link-first = { $name } ещё ни разу не входил(а). Вы можете увидеть ссылку и передать её.
link-is-told = { $name } узнает, что ссылку создали вы и когда.
link-by-mail = { $name } уже входил(а), поэтому никто другой не может видеть ссылку. Она придёт по почте:
link-to-former = Адрес изменён на { $email } меньше недели назад, и { $name } ещё не подтвердил(а) его. Ссылки идут на прежний адрес.
link-by-operator = { $name } уже входил(а), а почта не доходит. Настройте почту, разрешите второму администратору подтверждать ссылки (Настройки) или попросите ссылку у того, кто управляет сервером:
link-needs-second = { $name } уже входил(а), а почта не доходит. Когда второй администратор подтвердит, вы сможете увидеть ссылку.
link-asked = Запрошено { $moment }. Другой администратор увидит запрос над списком пользователей. Он действует один день.
link-confirmed = Второй администратор подтвердил запрос. Вы можете один раз увидеть ссылку для { $name }.
link-mailed = Ссылка отправлена на { $email }.
show-link = Показать ссылку
mail-link = Отправить ссылку по почте
ask-second = Попросить второго администратора
link-requests = Ссылки для входа ждут подтверждения
link-requests-hint = Кто видит такую ссылку, может войти под именем этого человека. Подтверждайте только то, о чём спросили обоих.
link-request-by = { $name } просит показать ссылку ({ $moment }).
link-request-confirmed = { $name } подтвердил(а). Откройте «Ссылка для входа» рядом с человеком.
confirm-link = Подтвердить
confirm-link-for = Подтвердить ссылку для { $name }
decline-link = Отклонить
decline-link-for = Отклонить ссылку для { $name }
withdraw-link = Отозвать
withdraw-link-for = Отозвать запрос о { $name }
link-was-confirmed = Теперь { $name } может увидеть ссылку.
links-by-confirmation = Второй администратор может подтверждать ссылки для входа
links-by-confirmation-hint = Для тех, кто уже входил и до кого не доходит почта. Тогда попросивший увидит ссылку, а человек узнает об этом.
copy = Копировать
copied = Скопировано.
photo = Фотография
add-department = Добавить отдел
add-below = Добавить внутри
department-members = { $count ->
    [0] никого
    [one] { $count } человек
    [few] { $count } человека
    [many] { $count } человек
   *[other] { $count } человека
  }
remove-department-title = Удалить: { $name }?
remove-department-text = Отдел должен быть пуст.
parent = Входит в
at-the-top = На верхнем уровне
add-course = Добавить курс
description = Описание
lessons-hint = Один урок в строке.
experts = Эксперты
enrolled = Записаны
assign-expert = Назначить эксперта
enrol = Записать на курс
unassign = Снять: { $name }
withdraw = Отчислить: { $name }
enrolled-count = { $count ->
    [0] никто не записан
    [one] { $count } записан
    [few] { $count } записаны
    [many] { $count } записаны
   *[other] { $count } записаны
  }
remove-course-title = Удалить: { $name }?
remove-course-text = Вместе с курсом уйдут записи и эксперты. Чаты о нём сохранятся.
import-kind = Что в файле?
kind-users = Пользователи
kind-departments = Отделы
kind-courses = Курсы
kind-enrolments = Записи на курсы
kind-experts = Эксперты
import-columns-users = Столбцы: name, email, login; при желании role, title, department, supervisor, manages, state.
import-columns-departments = Столбцы: department (путь, например Operations/Warehouse); при желании supervisor.
import-columns-courses = Столбцы: title; при желании description, lessons (через |).
import-columns-enrolments = Столбцы: course (название), login.
import-columns-experts = Столбцы: course (название), login.
choose-file = Выберите файл CSV или XLSX
checking = Проверка строки { $done } из { $total }…
applying = Импорт строки { $done } из { $total }…
import-preview = Добавить: { $add }, изменить: { $change }, без изменений: { $same }.
import-refused = { $count ->
    [0] ошибок нет
    [one] { $count } строка с ошибкой. Ничего не изменено.
    [few] { $count } строки с ошибками. Ничего не изменено.
    [many] { $count } строк с ошибками. Ничего не изменено.
   *[other] { $count } строки с ошибками. Ничего не изменено.
  }
import-line = Строка
import-column = Столбец
import-value = Значение
import-why = Что не так
import-apply = { $count ->
    [0] Импортировать
    [one] Импортировать { $count } строку
    [few] Импортировать { $count } строки
    [many] Импортировать { $count } строк
   *[other] Импортировать { $count } строки
  }
import-done = Импорт завершён: добавлено { $add }, изменено { $change }.
import-left-out = { $count ->
    [0] Пропущенных строк нет.
    [one] { $count } строка после проверки стала ошибочной и пропущена.
    [few] { $count } строки после проверки стали ошибочными и пропущены.
    [many] { $count } строк после проверки стали ошибочными и пропущены.
   *[other] { $count } строки после проверки стали ошибочными и пропущены.
  }
import-failed = Импорт не удался, ничего не изменено: { $reason }
import-stopped = Импорт остановился, обработано строк: { $done } из { $total }. { $reason }
private-messaging = Личные сообщения
private-messaging-hint = Если отключить, раздел «Сообщения» исчезнет и писать будет нельзя. Все чаты сохранятся.
mode = Кто может начать чат
mode-strict = Строгий
mode-strict-hint = Администраторы пишут тем, кем управляют. Учащиеся пишут экспертам своих курсов.
mode-managers = Руководители
mode-managers-hint = Строгий, и каждый может писать тем, кто им управляет.
mode-limited = Ограниченный
mode-limited-hint = Строгий, и участники пишут организатору своего тренинга, а руководители — своим людям.
mode-open = Открытый
mode-open-hint = Каждый может писать каждому.
delete-window = «Удалить у всех» доступно в течение
delete-window-hours = { $count ->
    [0] недоступно
    [one] { $count } часа
    [few] { $count } часов
    [many] { $count } часов
   *[other] { $count } часа
  }

# Уведомления: о чём сообщать, когда человека нет
notices = Уведомления
notices-hint = О чём вам сообщать, когда вы не смотрите в «Сообщения». В самом разделе всё видно сразу и всегда.
notices-push = На этом устройстве
notices-push-hint = Уведомление на экране этого устройства, даже когда страница закрыта.
notices-push-refused = Этому браузеру запрещено показывать уведомления. Разрешите их для этого сайта в настройках браузера и вернитесь.
notices-push-cannot = Этот браузер не умеет показывать уведомления. На iPhone или iPad сначала добавьте Hallway на главный экран.
notices-push-not-here = На этом устройстве уведомления не работают. Попробуйте другой браузер.
channel-push = Устройства
channel-email = Почта
channel-messenger = Мессенджер
kind-message = Сообщения
kind-question = Вопросы по курсам
when-now = Сразу
when-hourly = Раз в час
when-daily = Раз в день
when-never = Никогда
choice-of = { $kind }: { $channel }
choice-locked = Так решила ваша академия.
quiet-hours = Тихие часы
quiet-from = С
quiet-until = До
days-off = Выходные дни
digest-at = Раз в день, в
hides-text = Не показывать текст
hides-text-hint = В уведомлении сказано только, что есть сообщение.
devices = Устройства с уведомлениями
device-mine = это устройство
bounced = Письмо на { $email } вернулось: { $reason }. Писем туда не будет, пока вы не смените адрес или не попробуете снова.
bounced-again = Попробовать снова
bounced-user = Письмо на { $email } вернулось: { $reason }. Исправьте адрес или попросите владельца попробовать снова в профиле.
mail-bounced = Письма на { $email } возвращаются, поэтому о сообщениях вам не пишут.
mail-bounced-more = Что делать
user-mail-bounced = Письма возвращаются
mails-ended = Вы отключили все письма по ссылке в одном из них. Выбранное ниже снова подействует, когда вы захотите их получать.
mails-again = Снова присылать письма
mails-ended-user = { $name }: все письма отключены по ссылке в одном из них. Включить их снова может только этот человек.
office-hours = Часы приёма
office-hours-hint = Учащиеся видят, когда вы отвечаете и к какому времени ждать ответа.
office-on = Показывать часы приёма
office-opens = Начало
office-closes = Конец
office-reply = Обычно отвечаю за
office-reply-hours = { $count ->
    [one] { $count } рабочий час
    [few] { $count } рабочих часа
   *[other] { $count } рабочих часов
  }
office-open = { $name } отвечает { $days } { $opens }–{ $closes }.
office-reply-by = Ответ ожидается до { $by }.
mute-chat = Не уведомлять об этом чате
unmute-chat = Снова уведомлять об этом чате
muted = Без уведомлений
chat-muted = Об этом чате вам не будут сообщать. Здесь он виден по-прежнему.
chat-unmuted = Об этом чате вам снова будут сообщать.
by-mail = ответ по почте
show-quoted = Показать цитату
stop-mails-title = Больше не присылать писем?
stop-mails-asked = Писем о сообщениях больше не будет. Всё остаётся в «Сообщениях».
stop-mails-do = Больше не присылать
stop-mails-ended = Готово. Писем о сообщениях больше не будет.
stop-mails-resumed = Письма снова приходят так, как выбрано в вашем профиле.
notices-policy-hint = О чём сообщать тем, кто не выбрал сам. Закреплённое никто не может изменить; только письма каждый может отключить по ссылке в любом из них.
lock-choice = Закрепить: { $choice }
mail-after = Письмо отправляется, если сообщение не прочитано
mail-after-minutes = { $count ->
    [0] ни минуты
    [one] { $count } минуту
    [few] { $count } минуты
   *[other] { $count } минут
  }
mail-colour = Цвет писем
mail-colour-usual = Обычный цвет
hides-text-all = Никогда не показывать текст вне Hallway
kept-mails = Отложенная почта
kept-mails-hint = Письма, с которыми ничего нельзя было сделать: новейшие 200 за последние 90 дней.
kept-unreadable = не читается
kept-forged = отправитель подделан
kept-no_address = не относится ни к какому чату
kept-not_sent = не удалось отправить
kept-unclear_sender = отправитель неясен
kept-too_complex = слишком много частей
kept-too_hard = чтение заняло слишком много времени

set-aside = Отложено
set-aside-hint = Фоновая работа, которая раз за разом не удавалась. Всё остальное её не ждёт.
job-notification = Уведомление
job-import = Импорт
job-inbound_mail = Полученное письмо
job-mail = Письмо
job-upkeep = Уборка
job-other = Другая работа
job-queued = Пробуем ещё раз.
job-discarded = Удалено.
discard = Удалить
discard-title = Удалить это?
discard-text = Это не будет сделано. Отменить удаление нельзя.
discard-text-mail = Письмо будет удалено вместе с текстом. Отменить удаление нельзя.

# The audit log
audit-log = Журнал действий
audit-log-hint = Кто что изменил. Журнал нельзя править, и в нём нет того, что люди пишут.
audit-mine = Что происходило с моей учётной записью
audit-mine-hint = Входы, ссылки, изменения роли, прав и пароля.
audit-empty = Пока ничего не записано.
audit-empty-filtered = Ничего не найдено. Уберите часть условий или выберите другие даты.
audit-actions = Действия
audit-all-actions = Все действия
audit-group-account = Учётная запись и настройки
audit-group-entry = Вход
audit-group-user = Люди
audit-group-department = Отделы
audit-group-course = Курсы
audit-group-training = Тренинги
audit-group-import = Импорт
audit-group-export = Экспорт
audit-group-mail = Отложенная почта
audit-group-job = Фоновая работа
audit-by = Кто это сделал
audit-about = Кого касается
audit-anyone = Кто угодно
audit-since = С
audit-until = По
audit-via-web = Веб
audit-via-token = Программа
audit-via-mail = Почта
audit-via-command = Командная строка
audit-via-stranger = Без входа
audit-via-system = Hallway
audit-by-command = Оператор
audit-by-stranger = Кто-то
audit-by-system = Hallway
audit-entry-number = Запись
audit-before = Было
audit-after = Стало
audit-what = Что
audit-gone = уже нет
audit-yes = Да
audit-no = Нет
audit-older = Раньше
audit-newest = Самые новые
audit-account-set-up = создание учётной записи академии
audit-account-changed = изменение настроек
audit-account-saved = создание резервной копии
audit-account-restored = восстановление из резервной копии
audit-account-moved = перенос данных в PostgreSQL
audit-account-notifications-changed = изменение уведомлений
audit-entry-signed-in = вход
audit-entry-failed = неудачный вход под именем { $person }
audit-entry-failed-unknown = попытки входа под логинами, которых ни у кого нет
audit-entry-signed-out = выход
audit-entry-session-ended = завершение сеанса: { $person }
audit-entry-link-made = создание ссылки для входа: { $person }
audit-entry-link-asked = запрос ссылки для входа: { $person }
audit-entry-link-confirmed = подтверждение ссылки для входа: { $person }
audit-entry-link-declined = отзыв или отклонение ссылки для входа: { $person }
audit-entry-link-spent = выбор пароля по ссылке для входа
audit-entry-password-changed = смена пароля: { $person }
audit-entry-token-made = создание токена доступа { $thing }
audit-entry-token-revoked = отзыв токена доступа { $thing }
audit-user-added = добавление: { $person }
audit-user-changed = изменение данных: { $person }
audit-user-role-changed = смена роли: { $person }, с «{ $from }» на «{ $to }»
audit-user-rights-changed = изменение отделов под управлением: { $person }
audit-user-deactivated = отключение: { $person }
audit-user-activated = включение: { $person }
audit-user-removed = удаление: { $person }
audit-user-photo-changed = смена фотографии: { $person }
audit-department-added = добавление отдела { $thing }
audit-department-changed = изменение отдела { $thing }
audit-department-removed = удаление отдела { $thing }
audit-course-added = добавление курса { $thing }
audit-course-changed = изменение курса { $thing }
audit-course-removed = удаление курса { $thing }
audit-course-enrolled = зачисление на курс { $thing }: { $person }
audit-course-withdrawn = отчисление с курса { $thing }: { $person }
audit-course-expert-assigned = назначение экспертом курса { $thing }: { $person }
audit-course-expert-unassigned = снятие с роли эксперта курса { $thing }: { $person }
audit-training-added = добавление тренинга { $thing }
audit-training-changed = изменение тренинга { $thing }
audit-training-removed = удаление тренинга { $thing }
audit-training-attended = добавление на тренинг { $thing }: { $person }
audit-training-left = исключение с тренинга { $thing }: { $person }
audit-import-uploaded = загрузка файла { $thing } для импорта
audit-import-applied = импорт файла { $thing }
audit-import-failed = неудачный импорт файла { $thing }
audit-mail-viewed = просмотр отложенного письма
audit-mail-dropped = удаление отложенного письма
audit-job-retried = повтор фоновой работы
audit-job-discarded = отказ от фоновой работы
fact-role = Роль
fact-department_id = Отдел
fact-supervisor_id = Руководитель
fact-parent_id = Вышестоящий
fact-organizer_id = Организатор
fact-manages = Управляет
fact-name = Название
fact-title = Название
fact-texts = Изменено
fact-messaging_on = Личные сообщения
fact-links_by_confirmation = Второй администратор подтверждает ссылки
fact-asked_by = Кто просил
fact-mode = Кто может начать чат
fact-delete_for_everyone = Удаление для всех, секунд
fact-entries = Записей
fact-added = Добавлено
fact-changed = Изменено
fact-lines = Строк
fact-kind = Вид
fact-is_there = Есть
fact-hides_text = Тексты скрыты
fact-locked = Закреплено
fact-mail_after = Письмо через минут
fact-mail_colour = Цвет писем
fact-is_new_device = Новое устройство
fact-days = Дней
fact-scopes = Разрешено
audit-count = { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[many] { $count } записей
  }
audit-export = { $count ->
    [one] Экспортировать { $count } запись
    [few] Экспортировать { $count } записи
   *[many] Экспортировать { $count } записей
  }
audit-export-audit = { $count ->
    [one] экспорт { $count } записи журнала
    [few] экспорт { $count } записей журнала
   *[many] экспорт { $count } записей журнала
  }

# What others did to one's way in.
access-notices = О вашей учётной записи
the-operator = Оператор сервера
access-link-made = { $moment } { $name } создал(а) для вас ссылку для входа. Тот, у кого она есть, может войти под вашим именем.
access-link-spent = { $moment } использована ссылка для входа, которую создал(а) для вас { $name }, и выбран новый пароль.
access-password-set = { $moment } { $name } задал(а) ваш пароль. Выберите такой, который знаете только вы:
access-email-changed = { $moment } { $name } изменил(а) ваш адрес электронной почты.
access-new-email = Теперь это { $email }. Это ваш адрес?
access-login-changed = { $moment } { $name } изменил(а) логин, с которым вы входите.
access-read = Прочитано
access-mine = Это мой адрес
