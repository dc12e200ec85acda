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
skip = Перейти к содержимому
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
not-found-title = Страница не найдена
not-found-text = Возможно, ссылка неверна или у вас нет доступа.
chat-not-loaded = Не удалось загрузить чат
try-again = Повторить попытку
fault = Что-то пошло не так. Попробуйте ещё раз.
problem-sign_in_failed = Неверный логин или пароль.
problem-too_many = Слишком много попыток. Подождите минуту и попробуйте снова.
problem-unavailable = База данных не отвечает. Ничего не изменено. Попробуйте чуть позже.
problem-not_found = Этого больше нет, или у вас нет доступа.
refusal-nothing_to_mark = От собеседника нет сообщений, которые можно пометить непрочитанными.
problem-signed_out = Сеанс завершён. Войдите снова.
problem-account_suspended = Учётная запись приостановлена. Обратитесь к тем, кто управляет этим сервером.
problem-too_many_pinned = Можно закрепить не больше 20 чатов. Сначала открепите другой.
problem-not_listed = Этого чата нет в вашем списке.
refusal-not_ahead = Выберите время в пределах года.
refusal-too_many_people = В этой учётной записи уже столько людей, сколько разрешено. Сначала отключите или удалите кого-нибудь.
unreachable = Нет связи с сервером. Проверьте подключение и попробуйте ещё раз.
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
results-first = Показаны первые { $count }. Введите больше букв, чтобы сузить список.
search-failed = Не удалось выполнить поиск. Проверьте подключение и попробуйте ещё раз.
announcements = Оповещения
role-owner = Владелец
role-administrator = Администратор
role-department_administrator = Администратор отдела
role-author = Автор
role-learner = Учащийся
members = { $count ->
    [one] { $count } человек
    [few] { $count } человека
    [many] { $count } человек
   *[other] { $count } человека
  }

# Signing in
sign-in = Войти
sign-in-title = Вход: { $academy }
login-or-email = Логин или почта
password = Пароль
show-password = Показать пароль
demo-title = Войти в демо как
demo-hint = Люди в этой демонстрации вымышлены. Выберите любого, чтобы войти.
set-up-title = Настройка Hallway
set-up-text = Создайте академию и учётную запись её владельца. Это делается один раз.
set-up-token = Код настройки
set-up-token-hint = Сервер показал его при запуске.
academy-name = Название академии
your-name = Ваше имя
email = Почта
login = Логин
create-academy = Создать академию
choose-password-title = Придумайте пароль
choose-password-hint = Не меньше 10 знаков.
choose-password = Сохранить и войти
link-spent = Срок действия ссылки истёк, или она уже использована. Попросите у администратора новую.

# Messages: the list
new-chat = Новый чат
search-chats = Поиск людей и сообщений
search-group-chats = Чаты
search-group-people = Люди, которым можно написать
search-group-messages = Сообщения
search-results = Результаты поиска
search-nothing = По запросу «{ $text }» ничего не найдено. Проверьте написание или введите меньше букв.
search-count = Найдено: { NUMBER($count) }
search-count-first = Первые { $count }
search-more = Показать ещё
search-you = Вы:
search-leave = Выйти из поиска
search-key-move = Выбор
search-key-open = Открыть
search-key-clear = Очистить
search-tips = Как искать точнее
search-tip-from = от человека; from:me — от вас
search-tip-in = в чате
search-tip-before = до дня, месяца или года
search-tip-file = с файлом
search-tip-phrase = эти слова подряд
search-tip-add = Добавить { $words } в поиск
hits-in-chat = Результаты в этом чате
hit-of = { $at } из { $total } в этом чате
hit-total-partial = { $count }+
hit-older = Более раннее совпадение
hit-newer = Более позднее совпадение
filter-all = Все
filter-waiting = Ждут ответа
filter-waiting-count = Ждут ответа { $count }
no-waiting = Все ответы даны. Отлично!
filter-course = Курс
all-my-courses = Все мои курсы
no-chats-of-course = По этому курсу пока нет чатов
list-order = Порядок
order-oldest = Сначала старые
order-newest = Сначала новые
compact-list = Компактный список
filter-unread = Непрочитанные
filter-unread-count = Непрочитанные { $count }
chats = Чаты
no-chats = Сообщений пока нет
no-chats-learner = Откройте курс и выберите «Написать эксперту» в карточке эксперта.
no-chats-staff = Начните с кнопки «Новый чат».
archived-chats = Архив
back-to-list = Назад ко всем чатам
no-archived = В архиве пусто
no-archived-text = Отправьте чат в архив из его меню. Он вернётся со следующим сообщением, если его уведомления не отключены.
pinned = Закреплён
no-unread = Всё прочитано
no-chat-chosen = Выберите чат, чтобы начать чтение
row-expert = Эксперт · { $course }
row-question = Вопрос · { $course }
row-former-expert = Бывший эксперт · { $course }
you-said = Вы: { $text }
not-sent-mark = Не отправлено.
draft-mark = Черновик:
draft-elsewhere = Написано на другом устройстве
draft-use = Взять этот текст
draft-add = Добавить к моему
draft-discard = Удалить
draft-replaced = Ваш текст заменён.
draft-added = Теперь в сообщении оба текста.
draft-discarded = Черновик удалён.
draft-here-only = Этот черновик есть только на этом устройстве.
draft-kept = Ваш черновик. Сейчас его нельзя отправить.
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
chat-menu = Действия с чатом
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
    [one] На { $count } знак больше, чем можно
    [few] На { $count } знака больше, чем можно
    [many] На { $count } знаков больше, чем можно
   *[other] На { $count } знака больше, чем можно
  }
state-waiting = Ждёт
state-sending = Отправляется…
state-sent = Отправлено
state-read = Прочитано
state-not-sent = Не отправлено
retry = Повторить
updated = Hallway обновлён.
reload = Обновить страницу
offline = Вы не в сети. Сообщения будут отправлены, когда связь восстановится.
asks-about = Вопрос о курсе «{ $course }»
start-hint = Напишите первое сообщение. Получатель: { $name }.
start-about = Задайте вопрос о курсе «{ $course }». Получатель: { $name }.
to-newest-count = { $count ->
    [0] К последним сообщениям
    [one] К последним сообщениям, { $count } новое сообщение
    [few] К последним сообщениям, { $count } новых сообщения
    [many] К последним сообщениям, { $count } новых сообщений
   *[other] К последним сообщениям, { $count } нового сообщения
  }
delete-message = Удалить сообщение
delete-for-everyone = Удалить у всех
message-deleted-undo = Сообщение удалено.
undo = Вернуть
delete-chat = Удалить чат
delete-chat-with = Удалить чат: { $name }
delete-chat-text = Удаляется только ваша копия. У собеседника ({ $name }) чат останется. Ваш черновик и запланированные там сообщения тоже удалятся.
chat-deleted = Чат удалён.
said = { $name }: { $text }
is-typing = { $name } печатает…
you = Вы

keys-title = Горячие клавиши
key-search = Поиск
key-new = Новый чат
key-help = Показать горячие клавиши
key-escape = Закрыть меню, затем окно, затем чат
key-arrows = Перемещаться по спискам и меню
key-pin = Закрепить чат или открепить
key-archive = Отправить чат в архив или вернуть
key-enter = Отправить сообщение
key-shift-enter = Новая строка
key-undo = Отменить последнее удаление

# Why something is refused
notice-messaging_off = Личные сообщения отключены. Ваши чаты сохранены.
notice-other_removed = { $name }: учётная запись удалена. Чат сохранён, но писать в нём нельзя.
notice-other_deactivated = { $name }: учётная запись отключена. Чат сохранён, но писать в нём нельзя.
notice-other_not_expert = { $name } больше не эксперт курса «{ $course }». Чат сохранён, но писать в нём нельзя.
notice-you_not_expert = Вы больше не эксперт курса «{ $course }». Чат сохранён, но писать в нём нельзя.
notice-neither_may_write = Сейчас вы не можете писать друг другу. Чат сохранён.
notice-no_relation = Вы не можете начать этот чат. Собеседник: { $name }.
notice-you_not_active = Ваша учётная запись неактивна.
notice-yourself = Нельзя написать самому себе.
notice-too_many = Вы отправляете сообщения слишком быстро. Подождите немного и повторите.
notice-invalid = Такой текст отправить нельзя.
notice-key_reused = Сообщение не отправлено: его спутали с более ранним. Повторите отправку.
notice-other = Не удалось отправить.
see-experts = Откройте курс,
see-experts-after = чтобы увидеть его экспертов.

# Messages: who the other person is
about = О собеседнике
about-person = О собеседнике: { $name }
back-to-chat = Назад к чату
connects-you = Что вас связывает
connection-expert = Ваш эксперт
connection-expert-since = Ваш эксперт с { $date }
connection-learner = Вы эксперт
connection-colleague = Вы оба эксперты
connection-former-expert = Бывший эксперт
connection-formerly-mine = Вы были экспертом
replies-within = { $count ->
    [one] Обычно отвечает за { $count } час
    [few] Обычно отвечает за { $count } часа
    [many] Обычно отвечает за { $count } часов
   *[other] Обычно отвечает за { $count } часа
  }
office-times = { $days }, { $times }
their-time = { $time }, время собеседника ({ $name })
zone-same = { $city }, ваш часовой пояс
zone-ahead = { $hours ->
    [one] { $city }, на { $hours } час больше, чем у вас
    [few] { $city }, на { $hours } часа больше, чем у вас
    [many] { $city }, на { $hours } часов больше, чем у вас
   *[other] { $city }, на { $hours } часа больше, чем у вас
  }
zone-behind = { $hours ->
    [one] { $city }, на { $hours } час меньше, чем у вас
    [few] { $city }, на { $hours } часа меньше, чем у вас
    [many] { $city }, на { $hours } часов меньше, чем у вас
   *[other] { $city }, на { $hours } часа меньше, чем у вас
  }
in-touch-since = На связи с
about-course = О курсе «{ $course }»
drop-course = Убрать «О курсе { $course }»
course-dropped = Вопрос больше не о курсе «{ $course }»

# New chat
to = Кому
people-hint-all = Вы можете писать всем, кем управляете.
people-hint-departments = Вы можете писать людям из отделов, которыми управляете, и экспертам ваших курсов.
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
current-password = Текущий пароль
new-password = Новый пароль
password-changed = Пароль изменён. На всех других устройствах выполнен выход.
sessions = Мои сеансы
sessions-hint = Браузеры, в которых вы вошли. Завершите сеанс, который вам незнаком или больше не нужен. Если он был не ваш, смените и пароль.
sessions-alone = Вы вошли только на этом устройстве.
session-named = { $browser }, { $system }
session-unknown = Неизвестный браузер
session-mine = Это устройство
session-network = Сеть
session-since = Вход
session-seen = Последняя активность
session-end = Завершить
session-end-name = Завершить сеанс: { $name }
session-ended = Сеанс завершён. На том устройстве выполнен выход.
sessions-end-others = Завершить все остальные сеансы
sessions-end-others-title = Завершить все остальные сеансы?
sessions-end-others-text = Во всех остальных браузерах сразу будет выполнен выход. В этом вы останетесь, а программы с токеном доступа продолжат работать.
sessions-ended = { $count ->
    [0] На других устройствах входа не было.
    [one] Завершён { $count } сеанс.
    [few] Завершено { $count } сеанса.
    [many] Завершено { $count } сеансов.
   *[other] Завершено { $count } сеанса.
}
tokens = Личные токены доступа
tokens-hint = Для программ, которые работают в Hallway от вашего имени. Храните токены так же надёжно, как пароли.
token-name = Для чего нужен токен?
token-made = Скопируйте токен сейчас. Больше он не будет показан.
token-scope = Что ему разрешено?
token-scope-read = Чтение
token-scope-write = Чтение и запись
token-scope-admin = Всё, что могу я
token-made-on = Создан: { $date }
token-until = Действует до: { $date }
token-endless = Бессрочный
make-token = Создать токен
revoke = Отозвать
no-tokens = Токенов пока нет

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
nobody-chosen = Не выбран
manages = Управляет
state = Состояние
state-active = Активен
state-inactive = Отключён
state-removed = Удалён
all-roles = Все роли
deactivate = Отключить
activate = Включить
remove-user = Удалить
remove-user-title = Удалить: { $name }?
remove-user-text = На всех устройствах будет выполнен выход, вернуться будет нельзя. Чаты сохранятся, но писать в них никто не сможет.
deactivate-title = Отключить: { $name }?
deactivate-text = На всех устройствах будет выполнен выход до повторного включения. До тех пор писать в чатах с этим человеком нельзя.
sign-in-link = Ссылка для входа
sign-in-link-text = Передайте эту ссылку. Получатель: { $name }. Она действует один раз, в течение семи дней, и позволяет выбрать пароль.
link-first = { $name } ещё ни разу не входил(а). Вы можете увидеть ссылку и передать её.
link-is-told = { $name } увидит, что ссылку создали вы и когда.
link-by-mail = { $name } уже входил(а), поэтому увидеть ссылку может только сам человек. Она будет отправлена по почте:
link-to-former = Меньше недели назад адрес изменён на { $email }, и { $name } ещё не подтвердил(а) его. Ссылки по-прежнему приходят на старый адрес.
link-by-operator = { $name } уже входил(а), но почта не доходит. Настройте почту, разрешите второму администратору подтверждать ссылки (в настройках) или попросите ссылку у того, кто обслуживает сервер:
link-needs-second = { $name } уже входил(а), но почта не доходит. Вы увидите ссылку, когда второй администратор подтвердит запрос.
link-asked = Запрошено { $moment }. Другие администраторы видят запрос над списком пользователей. Он действует один день.
link-confirmed = Второй администратор подтвердил запрос. Вы можете один раз увидеть ссылку для { $name }.
link-mailed = Ссылка отправлена на { $email }.
show-link = Показать ссылку
mail-link = Отправить ссылку по почте
ask-second = Попросить второго администратора
link-requests = Ссылки для входа на подтверждение
link-requests-hint = Любой, кто увидит такую ссылку, сможет войти под именем этого человека. Подтверждайте только то, о чём спросили обоих.
link-request-by = { $moment } { $name } просит показать ссылку.
link-request-confirmed = { $name } подтвердил(а). Откройте «Ссылка для входа» рядом с человеком.
confirm-link = Подтвердить
confirm-link-for = Подтвердить ссылку для { $name }
decline-link = Отклонить
decline-link-for = Отклонить ссылку для { $name }
withdraw-link = Отменить запрос
withdraw-link-for = Отменить запрос для { $name }
link-was-confirmed = Теперь { $name } может увидеть ссылку.
links-by-confirmation = Второй администратор может подтверждать ссылки для входа
links-by-confirmation-hint = Для тех, кто уже входил, но до кого не доходит почта. Администратор, который просил, увидит ссылку, а человек получит уведомление.
show-typing = Показывать, кто печатает
show-typing-hint = В открытом чате видно, что собеседник печатает. Ничего не сохраняется.
copy = Копировать
copied = Скопировано.
not-copied = Браузер не дал скопировать. Выделите текст и скопируйте его сами.
photo = Фотография
add-department = Добавить отдел
add-below = Добавить внутри
department-members = { $count ->
    [0] Нет людей
    [one] { $count } человек
    [few] { $count } человека
    [many] { $count } человек
   *[other] { $count } человека
  }
remove-department-title = Удалить: { $name }?
remove-department-text = Удалить можно только пустой отдел.
parent = Вышестоящий отдел
at-the-top = Нет (верхний уровень)
add-course = Добавить курс
description = Описание
lessons-hint = По одному уроку в строке.
experts = Эксперты
enrolled = Записаны
assign-expert = Назначить эксперта
enrol = Записать учащегося
unassign = Снять: { $name }
withdraw = Отчислить: { $name }
enrolled-count = { $count ->
    [0] Никто не записан
    [one] { $count } записан
    [few] { $count } записаны
    [many] { $count } записаны
   *[other] { $count } записаны
  }
remove-course-title = Удалить: { $name }?
remove-course-text = Записи на курс и его эксперты тоже будут удалены. Чаты о нём сохранятся.
import-kind = Что вы импортируете?
kind-users = Пользователи
kind-departments = Отделы
kind-courses = Курсы
kind-enrolments = Записи на курсы
kind-experts = Эксперты
import-columns-users = Столбцы: name, email, login. Необязательные: role, title, department, supervisor, manages, state.
import-columns-departments = Столбцы: department (путь, например Operations/Warehouse). Необязательный: supervisor.
import-columns-courses = Столбцы: title. Необязательные: description, lessons (через |).
import-columns-enrolments = Столбцы: course (название), login.
import-columns-experts = Столбцы: course (название), login.
choose-file = Выберите файл CSV или XLSX
checking = Проверка строки { $done } из { $total }…
applying = Импорт строки { $done } из { $total }…
import-preview = Добавить: { $add }, изменить: { $change }, без изменений: { $same }.
import-refused = { $count ->
    [0] Строк с ошибками нет.
    [one] { $count } строка с ошибками. Ничего не импортировано.
    [few] { $count } строки с ошибками. Ничего не импортировано.
    [many] { $count } строк с ошибками. Ничего не импортировано.
   *[other] { $count } строки с ошибками. Ничего не импортировано.
  }
import-line = Строка
import-column = Столбец
import-value = Значение
import-why = Ошибка
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
    [one] { $count } строка пропущена: связанные с ней данные изменились после проверки.
    [few] { $count } строки пропущены: связанные с ними данные изменились после проверки.
    [many] { $count } строк пропущено: связанные с ними данные изменились после проверки.
   *[other] { $count } строки пропущено: связанные с ними данные изменились после проверки.
  }
import-failed = Импорт не удался. Ничего не изменено. { $reason }
import-stopped = Импорт остановлен. Обработано строк: { $done } из { $total }. { $reason }
import-template = Скачать шаблон
import-columns = Столбцы
import-choose-columns = Выбрать столбцы
import-columns-left-out = Пропущены: { $columns }
import-column-is = Импортировать «{ $column }» как
import-leave-out = Пропустить
import-needed = { $column } (обязательно)
import-missing = Не хватает: { $columns }
import-doubled = Выбрано дважды: { $columns }
import-check = Проверить файл
import-encoding = Кодировка
import-encoding-found = { $name }, определено автоматически
import-encoding-other = Другая кодировка
import-encoding-none = Ни одна из этих
import-encoding-doubt = Этот файл можно прочитать по-разному. Выберите вариант с правильными буквами.
import-encoding-which = Какие строки выглядят правильно?
import-encoding-name = { $letters } ({ $encoding })
letters-unicode = Юникод
letters-central-european = Центральноевропейская
letters-cyrillic = Кириллица
letters-western = Западноевропейская
letters-greek = Греческая
letters-turkish = Турецкая
letters-hebrew = Иврит
letters-arabic = Арабская
letters-baltic = Балтийская
letters-vietnamese = Вьетнамская
letters-thai = Тайская
letters-chinese-simplified = Китайская упрощённая
letters-chinese-traditional = Китайская традиционная
letters-japanese = Японская
letters-korean = Корейская
# Почему файл или строку нельзя импортировать; $line — её номер.
import-why-empty = Поле пустое.
import-why-too-long = Слишком длинный текст.
import-why-not-a-name = Не больше 200 знаков в одну строку.
import-why-unprintable = Есть знаки, которые нельзя показать. Введите текст заново.
import-why-not-an-email = Введите адрес электронной почты, например name@example.org.
import-why-not-a-login = Для логина нужно от 2 до 64 букв, цифр или знаков . _ - @ +
import-why-twice-in-file = Это уже есть в строке { $line }.
import-why-in-use = Это уже используется.
import-why-no-role = Укажите одно из: { $roles }.
import-why-role-not-yours = Вы не можете дать или забрать эту роль либо изменить этого человека.
import-why-no-state = Укажите active или inactive.
import-why-no-department = Отдела «{ $path }» нет. Укажите путь, например Operations/Warehouse.
import-why-no-path = Укажите путь отдела, например Operations/Warehouse.
import-why-outside-departments = Это вне отделов, которыми вы управляете.
import-why-too-many-people = В этой учётной записи уже столько людей, сколько разрешено.
import-why-managers-not-yours = Кто управляет отделом, решает только администратор аккаунта.
import-why-no-supervisor = Среди ваших людей нет активного человека с таким логином. Чтобы оставить нынешнего руководителя, пропустите этот столбец.
import-why-no-course = Курса с таким названием нет.
import-why-no-person = Ни у кого нет такого логина или адреса.
import-why-not-active = Экспертом может быть только активный человек.
import-why-not-stored = Эту строку не удалось сохранить. Попробуйте ввести её вручную.
import-why-missing-column = Не хватает столбца «{ $column }». Укажите, какой это столбец.
import-why-double-column = Столбцов «{ $column }» несколько. Оставьте один.
import-why-too-many-taken = Больше { $most } строк содержат логин или адрес людей, которыми вы не управляете. Попросите администратора аккаунта импортировать этот файл.
import-why-not-a-sheet = Выберите файл CSV или XLSX.
import-why-broken-csv = Файл CSV повреждён. Проверьте кавычки в строке { $line }.
import-why-broken-xlsx = Файл XLSX повреждён.
import-why-unknown-encoding = Кодировку файла нельзя определить точно. Выберите её ниже или сохраните файл в UTF-8.
import-why-damaged-letters = В строке { $line } повреждены буквы. Сохраните файл в UTF-8 ещё раз.
import-why-too-large = Файл слишком велик, чтобы импортировать его за один раз.
import-why-too-large-cell = В строке { $line } есть ячейка длиннее { $most } знаков.
import-why-too-many-columns = В файле больше { $most } столбцов. Удалите ненужные.
import-why-unreadable = Чтение этого файла требует слишком много памяти или времени.
import-why-stopped = Сервер был остановлен. Загрузите файл ещё раз: уже импортированные строки не изменятся.
private-messaging = Личные сообщения
private-messaging-hint = Когда отключено, раздел «Сообщения» скрыт и писать никто не может. Все чаты сохраняются.
mode = Кто может начать чат
mode-strict = Строгий
mode-strict-hint = Администраторы могут писать тем, кем управляют. Учащиеся могут писать экспертам своих курсов.
mode-managers = Руководители
mode-managers-hint = Всё, что в строгом, и каждый может писать тем, кто им управляет.
mode-limited = Ограниченный
mode-limited-hint = Всё, что в строгом, и участники могут писать организатору своего тренинга, а руководители — своим подчинённым.
mode-open = Открытый
mode-open-hint = Каждый может писать каждому.
delete-window = Сколько времени доступно «Удалить у всех»
delete-window-hours = { $count ->
    [0] Недоступно
    [one] { $count } час
    [few] { $count } часа
    [many] { $count } часов
   *[other] { $count } часа
  }

# Notifications
notices = Уведомления
notices-hint = Как сообщать вам о новом, когда вас нет. В самом разделе «Сообщения» всё появляется сразу.
notices-push = На этом устройстве
notices-push-hint = Показывать уведомления на этом устройстве, даже когда Hallway закрыт.
notices-push-refused = Браузер блокирует уведомления с этого сайта. Разрешите их в настройках браузера и вернитесь.
notices-push-cannot = Этот браузер не умеет показывать уведомления. На iPhone или iPad сначала добавьте Hallway на экран «Домой».
notices-push-not-here = На этом устройстве уведомления не работают. Попробуйте другой браузер.
kind-message = Сообщения
kind-question = Вопросы по курсам
when-now = Сразу
when-hourly = Раз в час
when-daily = Раз в день
when-never = Никогда
choice-of = { $kind }: { $channel }
choice-locked = Задано вашей академией.
quiet-hours = Тихие часы
quiet-from = С
quiet-until = До
days-off = Выходные дни
digest-at = Время ежедневной сводки
hides-text = Скрывать текст сообщений
hides-text-hint = В уведомлении сказано только, что есть новое сообщение.
devices = Устройства, которые получают уведомления
bounced = Письмо на { $email } вернулось: { $reason }. Письма туда не отправляются, пока вы не смените адрес или не попробуете снова.
bounced-again = Попробовать снова
bounced-user = Письмо на { $email } вернулось: { $reason }. Исправьте адрес или попросите самого человека попробовать снова в своём профиле.
mail-bounced = Письма на { $email } возвращаются, поэтому уведомления по почте не приходят.
mail-bounced-more = Что делать
user-mail-bounced = Письма возвращаются
mails-ended = Вы отписались от всех писем с уведомлениями. Настройки ниже снова подействуют, когда вы подпишетесь.
mails-again = Подписаться снова
mails-ended-user = { $name }: отписка от всех писем с уведомлениями. Подписаться снова может только сам человек.
office-hours = Часы приёма
office-hours-hint = Учащиеся видят, когда вы отвечаете и к какому времени ждать ответа.
office-on = Показывать часы приёма
office-opens = Начало
office-closes = Конец
office-reply = Обычный срок ответа
office-reply-hours = { $count ->
    [one] { $count } рабочий час
    [few] { $count } рабочих часа
   *[other] { $count } рабочих часов
  }
office-open = { $name } отвечает { $hours }.
office-reply-by = Ждите ответа до { $by }.
mute-chat = Отключить уведомления чата
unmute-chat = Включить уведомления чата
mute-hour = На 1 час
mute-tomorrow = До завтра, { $time }
mute-week = На неделю
mute-forever = Пока не включу сам
muted-until = Без уведомлений до { $time }
pin-chat = Закрепить
unpin-chat = Открепить
archive-chat = В архив
unarchive-chat = Вернуть из архива
chat-pinned = Чат закреплён.
chat-unpinned = Чат откреплён.
chat-archived = Чат отправлен в архив.
chat-unarchived = Чат возвращён в список.
mark-unread = Пометить непрочитанным
mark-unread-here = Пометить непрочитанным отсюда
mark-read = Пометить прочитанным
marked-unread = Чат помечен как непрочитанный.
marked-read = Чат помечен как прочитанный.
muted = Без уведомлений
chat-muted = Уведомления чата отключены. Он остаётся в вашем списке.
chat-unmuted = Уведомления чата включены.
by-mail = по почте
show-quoted = Показать цитату
stop-mails-title = Отписаться?
stop-mails-asked = Писем о сообщениях больше не будет. Всё по-прежнему можно читать в разделе «Сообщения».
stop-mails-do = Отписаться
stop-mails-ended = Вы отписались. Писем о сообщениях больше не будет.
stop-mails-resumed = Вы снова подписаны. Письма приходят так, как выбрано в вашем профиле.
notices-policy-hint = Настройки для тех, кто не выбрал сам. Закреплённое никто не может изменить, но отписаться от писем может каждый.
lock-choice = Закрепить: { $choice }
mail-after = Сколько ждать перед письмом о непрочитанном сообщении
mail-after-minutes = { $count ->
    [0] Не ждать
    [one] { $count } минуту
    [few] { $count } минуты
   *[other] { $count } минут
  }
mail-colour = Цвет писем
mail-colour-usual = Цвет по умолчанию
hides-text-all = Никогда не показывать текст сообщений вне Hallway
kept-mails = Необработанные письма
kept-mails-hint = Входящие письма, которые Hallway не смог обработать: последние 200 за 90 дней.
kept-unreadable = Не удалось прочитать
kept-forged = Отправитель подделан
kept-no_address = Не относится ни к одному чату
kept-not_sent = Не удалось отправить
kept-unclear_sender = Отправитель неясен
kept-too_complex = Слишком много частей
kept-automatic = Автоматический ответ
kept-not_told = Не удалось ни опубликовать, ни сообщить отправителю
kept-too_hard = Чтение заняло слишком много времени

set-aside = Невыполненные задачи
set-aside-hint = Фоновые задачи, которые несколько раз завершились ошибкой. Остальные их не ждут.
job-notification = Уведомление
job-import = Импорт
job-inbound_mail = Входящее письмо
job-mail = Письмо
job-upkeep = Очистка
job-other = Другая задача
job-queued = Выполняется ещё одна попытка.
job-discarded = Удалено.
discard = Удалить
discard-title = Удалить эту задачу?
discard-text = Она не будет выполнена. Отменить удаление нельзя.
discard-text-mail = Письмо будет удалено вместе с текстом. Отменить удаление нельзя.

# The audit log
audit-log = Журнал действий
audit-log-hint = Кто что изменил. Журнал нельзя править, и в нём нет того, что люди пишут.
audit-mine = История учётной записи
audit-mine-hint = Входы, ссылки и изменения роли, прав и пароля.
audit-empty = Записей пока нет
audit-empty-filtered = Подходящих записей нет. Уберите часть фильтров или выберите другие даты.
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
audit-group-mail = Необработанные письма
audit-group-job = Фоновые задачи
audit-by = Кто выполнил
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
audit-gone = больше не существует
audit-yes = Да
audit-no = Нет
audit-older = Раньше
audit-newest = Самые новые
audit-account-set-up = создание учётной записи академии
audit-account-changed = изменение настроек
audit-account-saved = создание резервной копии
audit-account-restored = восстановление из резервной копии
audit-account-moved = перенос данных в другую базу данных
audit-account-notifications-changed = изменение настроек уведомлений
audit-entry-signed-in = вход
audit-entry-failed = неудачный вход под именем { $person }
audit-entry-failed-unknown = попытки входа с несуществующими логинами
audit-entry-signed-out = выход
audit-entry-session-ended = завершение сеанса: { $person }
audit-entry-link-made = создание ссылки для входа: { $person }
audit-entry-link-asked = запрос ссылки для входа: { $person }
audit-entry-link-confirmed = подтверждение ссылки для входа: { $person }
audit-entry-link-declined = отмена или отклонение ссылки для входа: { $person }
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
audit-mail-viewed = просмотр необработанного письма
audit-mail-dropped = удаление необработанного письма
audit-job-retried = повтор фоновой задачи
audit-job-discarded = удаление фоновой задачи
fact-role = Роль
fact-department_id = Отдел
fact-supervisor_id = Руководитель
fact-parent_id = Вышестоящий отдел
fact-organizer_id = Организатор
fact-manages = Управляет
fact-name = Название
fact-title = Название
fact-texts = Изменено
fact-messaging_on = Личные сообщения
fact-links_by_confirmation = Второй администратор подтверждает ссылки
fact-typing_on = Показывать, кто печатает
fact-asked_by = Кто просил
fact-mode = Кто может начать чат
fact-delete_for_everyone = Срок «Удалить у всех», секунд
fact-entries = Записей
fact-added = Добавлено
fact-changed = Изменено
fact-lines = Строк
fact-kind = Вид
fact-is_there = Есть
fact-hides_text = Текст сообщений скрыт
fact-locked = Закреплено
fact-mail_after = Минут до письма
fact-mail_colour = Цвет писем
fact-is_new_device = Новое устройство
fact-days = Дней
fact-scopes = Права
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

# Changes that others made to an account
access-notices = О вашей учётной записи
the-operator = Оператор сервера
access-link-made = { $moment } { $name } создал(а) для вас ссылку для входа. Тот, у кого она есть, может войти под вашим именем.
access-link-spent = { $moment } по ссылке для входа, которую создал(а) для вас { $name }, выбран новый пароль.
access-password-set = { $moment } { $name } задал(а) ваш пароль. Выберите такой, который знаете только вы:
access-email-changed = { $moment } { $name } изменил(а) ваш адрес электронной почты.
access-new-email = Теперь это { $email }. Это ваш адрес?
access-login-changed = { $moment } { $name } изменил(а) логин, с которым вы входите.
access-read = Понятно
access-mine = Это мой адрес

# Admin portal: many users
select = Выбрать
unselect = Снять выбор
last-seen = Последний вход
created = Создан
all-statuses = Все состояния
all-departments = Все отделы
status-active = Активен
status-invited = Приглашён
status-link_expired = Ссылка истекла
status-not_invited = Не приглашён
status-deactivated = Отключён
status-removed = Удалён
seen-any-time = Любое время входа
seen-a-while-ago = Давно
never-signed-in = Ни разу не входили
not-seen-days = { $count ->
    [one] Не входили { $count } день
    [few] Не входили { $count } дня
    [many] Не входили { $count } дней
   *[other] Не входили { $count } дня
  }
label-with-count = { $label } ({ $count })
link-good-until = Ссылка действует до { $moment }.
users-none = Никого не найдено
sort-by = Сортировка
sorted-ascending = { $column } ↑
sorted-descending = { $column } ↓
export-users = { $count ->
    [one] Экспортировать { $number } пользователя
    [few] Экспортировать { $number } пользователей
    [many] Экспортировать { $number } пользователей
   *[other] Экспортировать { $number } пользователя
  }
export-csv = Файл CSV
export-xlsx = Файл Excel (XLSX)
chosen-people = Выбранные пользователи
clear-selection = Снять выделение
chosen-count = { $count ->
    [one] Выбран { $number }
    [few] Выбрано { $number }
    [many] Выбрано { $number }
   *[other] Выбрано { $number }
  }
choose-all = { $count ->
    [one] Выбрать { $number }
    [few] Выбрать все { $number }
    [many] Выбрать все { $number }
   *[other] Выбрать все { $number }
  }
choose-page = Выбрать всех на этой странице
choose-person = Выбрать: { $name }
bulk-title-deactivate = { $count ->
    [one] Отключить { $number } пользователя?
    [few] Отключить { $number } пользователей?
    [many] Отключить { $number } пользователей?
   *[other] Отключить { $number } пользователя?
  }
bulk-title-activate = { $count ->
    [one] Включить { $number } пользователя
    [few] Включить { $number } пользователей
    [many] Включить { $number } пользователей
   *[other] Включить { $number } пользователя
  }
bulk-title-department = { $count ->
    [one] Перевести { $number } пользователя
    [few] Перевести { $number } пользователей
    [many] Перевести { $number } пользователей
   *[other] Перевести { $number } пользователя
  }
bulk-title-role = { $count ->
    [one] Изменить роль { $number } пользователя
    [few] Изменить роль { $number } пользователей
    [many] Изменить роль { $number } пользователей
   *[other] Изменить роль { $number } пользователя
  }
bulk-do-deactivate = { $count ->
    [one] Отключить { $number } пользователя
    [few] Отключить { $number } пользователей
    [many] Отключить { $number } пользователей
   *[other] Отключить { $number } пользователя
  }
bulk-do-activate = Включить
bulk-do-department = { $count ->
    [one] Перевести { $number } пользователя
    [few] Перевести { $number } пользователей
    [many] Перевести { $number } пользователей
   *[other] Перевести { $number } пользователя
  }
bulk-do-role = { $count ->
    [one] Изменить у { $number } пользователя
    [few] Изменить у { $number } пользователей
    [many] Изменить у { $number } пользователей
   *[other] Изменить у { $number } пользователя
  }
bulk-deactivate-text = На всех устройствах будет выполнен выход до повторного включения. До тех пор писать в чатах с ними нельзя.
bulk-department-text = Администраторы и руководители нового отдела смогут сразу писать им.
bulk-role-text = Их права изменятся сразу.
bulk-done-deactivate = { $count ->
    [one] Отключён { $number } пользователь
    [few] Отключено { $number } пользователя
    [many] Отключено { $number } пользователей
   *[other] Отключено { $number } пользователя
  }
bulk-done-activate = { $count ->
    [one] Включён { $number } пользователь
    [few] Включено { $number } пользователя
    [many] Включено { $number } пользователей
   *[other] Включено { $number } пользователя
  }
bulk-done-department = { $count ->
    [one] Переведён { $number } пользователь
    [few] Переведено { $number } пользователя
    [many] Переведено { $number } пользователей
   *[other] Переведено { $number } пользователя
  }
bulk-done-role = { $count ->
    [one] Роль изменена у { $number } пользователя
    [few] Роль изменена у { $number } пользователей
    [many] Роль изменена у { $number } пользователей
   *[other] Роль изменена у { $number } пользователя
  }
send-invitations = Отправить приглашения
sign-in-links = Ссылки для входа
bulk-title-invite = { $count ->
    [one] Пригласить { $number } пользователя?
    [few] Пригласить { $number } пользователей?
    [many] Пригласить { $number } пользователей?
   *[other] Пригласить { $number } пользователя?
  }
bulk-title-link = { $count ->
    [one] Создать ссылку для входа для { $number } пользователя?
    [few] Создать ссылки для входа для { $number } пользователей?
    [many] Создать ссылки для входа для { $number } пользователей?
   *[other] Создать ссылки для входа для { $number } пользователя?
  }
bulk-do-invite = { $count ->
    [one] Отправить { $number } приглашение
    [few] Отправить { $number } приглашения
    [many] Отправить { $number } приглашений
   *[other] Отправить { $number } приглашения
  }
bulk-do-link = { $count ->
    [one] Создать { $number } ссылку
    [few] Создать { $number } ссылки
    [many] Создать { $number } ссылок
   *[other] Создать { $number } ссылки
  }
bulk-invite-text = Каждый получит письмо со ссылкой, чтобы выбрать пароль. Прежние ссылки перестанут действовать.
bulk-text-link = Для тех, кто ещё ни разу не входил. Прежние ссылки перестанут действовать.
bulk-unchanged = Менять нечего
bulk-undone = { $count ->
    [one] Отменено для { $number } пользователя
    [few] Отменено для { $number } пользователей
    [many] Отменено для { $number } пользователей
   *[other] Отменено для { $number } пользователя
  }
bulk-not-undone = { $count ->
    [one] { $count } пользователя с тех пор изменили, для него ничего не отменено.
    [few] { $count } пользователей с тех пор изменили, для них ничего не отменено.
    [many] { $count } пользователей с тех пор изменили, для них ничего не отменено.
   *[other] { $count } пользователя с тех пор изменили, для них ничего не отменено.
  }
bulk-working = Готово: { $done } из { $total }
stop = Остановить
bulk-goes-on = Окно можно закрыть: остальное выполнится в фоне.
bulk-partly = { $count ->
    [one] Изменено: { $changed }. Без изменений остался { $refused }:
    [few] Изменено: { $changed }. Без изменений остались { $refused }:
    [many] Изменено: { $changed }. Без изменений остались { $refused }:
   *[other] Изменено: { $changed }. Без изменений остались { $refused }:
  }
bulk-partly-invite = { $count ->
    [one] Приглашено: { $changed }. Пропущен { $refused }:
    [few] Приглашено: { $changed }. Пропущены { $refused }:
    [many] Приглашено: { $changed }. Пропущены { $refused }:
   *[other] Приглашено: { $changed }. Пропущены { $refused }:
  }
bulk-more-refused = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
    [many] и ещё { $count }
   *[other] и ещё { $count }
  }
audit-export-users = { $count ->
    [one] экспорт { $count } пользователя
    [few] экспорт { $count } пользователей
    [many] экспорт { $count } пользователей
   *[other] экспорт { $count } пользователя
  }
fact-users = Пользователи
fact-format = Формат файла
fact-status = Состояние
fact-has_text = Текст поиска
fact-never_seen = Ни разу не входили
fact-not_seen_since = Не входили с

# Getting started, invitations and forgotten passwords
first-steps = Первые шаги
first-steps-progress = Первые шаги · { $done } из { $total }
first-steps-title = Добро пожаловать, { $name }
first-steps-text = Пять коротких шагов до первого ответа.
first-steps-foot = Шаги отмечаются сами. Список можно скрыть в любой момент: он останется в вашем меню.
first-steps-done = Всё готово. Первый ответ появится в разделе «Сообщения».
steps-of = Выполнено шагов: { $done } из { $total }
step-done = Шаг { $number } выполнен
step-people = Добавьте людей
step-people-text = Всех, кто учится, учит или помогает.
step-people-brief = { $people } · { $departments }
step-course = Добавьте курс
step-course-text = На странице курса учащиеся найдут его экспертов.
step-course-brief = { $course } · { $learners }
step-expert = Выберите эксперта курса
step-expert-text = Учащиеся увидят этого человека на странице курса и смогут ему написать.
step-invite = Пригласите всех
step-invite-text = Получите ссылки для входа или отправьте каждому приглашение по почте.
step-message = Отправьте первое сообщение
step-message-text = Поздоровайтесь и увидите, как приходят ответы.
step-message-brief = Отправлено
done = Выполнено
dismiss = Скрыть
view = Посмотреть
view-name = Посмотреть: { $name }
open-messages = Открыть сообщения
people-count = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
  }
departments-count = { $count ->
    [one] { $count } отдел
    [few] { $count } отдела
   *[many] { $count } отделов
  }
learners-count = { $count ->
    [0] пока нет учащихся
    [one] { $count } учащийся
    [few] { $count } учащихся
   *[many] { $count } учащихся
  }
newcomers-count = { $count ->
    [0] Все уже вошли
    [one] { $count } человек ещё не входил
    [few] { $count } человека ещё не входили
   *[many] { $count } человек ещё не входили
  }
typed-people = Имена и адреса электронной почты
typed-people-hint = Один человек на строке, например: Maya Chen, maya@example.org
type-people = Введите хотя бы одно имя с адресом электронной почты.
line-unclear = Введите имя и адрес электронной почты.
add-people = Добавить людей
import-instead = Импортировать файл
course-title = Название курса
enrol-all = Записать всех учащихся
enrol-all-hint = Изменить состав можно в любой момент.
enrol-progress = Запись: { $done } из { $total }…
make-expert = Назначить экспертом: { $name }
someone-else = Кто-то другой
first-message = Здравствуйте и добро пожаловать! Если у вас есть вопрос, просто ответьте здесь.
send-message = Отправить сообщение
preview-title = Что увидят учащиеся
preview-course = Ваш курс
preview-expert = Его эксперт
preview-hint = Учащиеся могут писать экспертам своих курсов. Кто может начинать чат, решается в разделе
preview-settings = Настройки
invite = Отправить приглашение
invite-again = Отправить ещё раз
invite-all = { $count ->
    [one] Отправить приглашение { $count } человеку
    [few] Отправить приглашение { $count } людям
   *[many] Отправить приглашение { $count } людям
  }
link-all = { $count ->
    [1] Получить ссылку для входа
    [one] Получить { $count } ссылку для входа
    [few] Получить { $count } ссылки для входа
   *[many] Получить { $count } ссылок для входа
  }
link-all-hint = Каждая ссылка действует один раз, семь дней. Новые заменяют отправленные раньше.
link-all-hint-no-mail = Почта здесь не настроена, поэтому раздайте ссылки сами. Каждая действует один раз, семь дней. Новые заменяют созданные раньше.
invite-progress = { $done } из { $total }…
invitations-go-on = Страницу можно закрыть: остальное отправится в фоне.
invitations-sent = { $count ->
    [0] Приглашения не отправлены.
    [one] { $count } приглашение в пути.
    [few] { $count } приглашения в пути.
   *[many] { $count } приглашений в пути.
  }
invitation-sent = Приглашение отправляется на { $email }.
how-they-come-in = Как войдёт { $name }
link-first-mail = { $name } ещё не входил(а). Отправьте приглашение по почте или передайте ссылку сами.
invited-until = Приглашение: { $moment }. Ссылка действует до { $ends }.
invited-expired = Приглашение: { $moment }. Срок ссылки истёк.
new-links = { $count ->
    [0] Ссылки не созданы
    [one] { $count } ссылка для входа
    [few] { $count } ссылки для входа
   *[many] { $count } ссылок для входа
  }
new-links-hint = Тот, у кого есть ссылка, может войти под именем этого человека. Ссылки показываются только сейчас.
new-links-more = { $count ->
    [one] Ещё { $count } — в файле.
    [few] Ещё { $count } — в файле.
   *[many] Ещё { $count } — в файле.
  }
copy-link-of = Скопировать ссылку: { $name }
save-links = Скачать CSV
left-out = { $count ->
    [one] Пропущен { $count } человек:
    [few] Пропущены { $count } человека:
   *[many] Пропущено { $count } человек:
  }
left-out-link_by_mail = уже входил(а); отправьте ссылку по почте
left-out-link_by_operator = уже входил(а), почта не доходит
left-out-link_unconfirmed = уже входил(а); нужно подтверждение второго администратора
left-out-no_mail_reaches = почта не доходит
left-out-not_active = учётная запись отключена
left-out-too_many = ссылка была отправлена только что
left-out-not_found = больше не существует, или вы не управляете этим человеком
left-out-owner_protected = это может только владелец
left-out-right_not_yours = роль, которую вы не можете назначать
left-out-outside_your_departments = не входит в отделы, которыми вы управляете
left-out-not_staff = это могут только администраторы
left-out-not_yourself = это вы; сделать это с собой нельзя
left-out-changed_since = за это время изменён кем-то другим
left-out-no_department = перенести нельзя: отдела больше нет
left-out-not_stored = не удалось сохранить; попробуйте на странице пользователя
left-out-too_many_people = нельзя включить: в учётной записи уже столько людей, сколько разрешено
left-out-was_removed = удалён
forgot-password = Забыли пароль?
forgot-title = Забыли пароль?
forgot-text = Введите логин или адрес электронной почты. Мы отправим ссылку, по которой вы выберете новый пароль.
forgot-sent-title = Проверьте почту
forgot-sent = Если у { $login } есть здесь учётная запись, ссылка уже отправлена на её адрес. Она действует один раз, сутки.
forgot-sent-hint = Через несколько минут ничего нет? Загляните в папку «Спам» или попросите у администратора ссылку для входа.
forgot-no-mail = Почта здесь не настроена, поэтому отправить ничего нельзя. Попросите новую ссылку для входа у администратора { $academy }.
forgot-no-mail-owner = Если вы единственный администратор, обратитесь к тому, кто управляет сервером: он может создать ссылку в командной строке.
send-link = Отправить ссылку
send-new-link = Отправить новую ссылку
to-sign-in = Вернуться ко входу
link-spent-title = Ссылка больше не действует
link-spent-mail = Её срок истёк, или ею уже воспользовались. Если вы ещё не входили, попросите у администратора новое приглашение.
link-welcome-title = Добро пожаловать, { $name }
link-welcome = Выберите пароль, чтобы войти в { $academy }.
link-for = { $name }, { $academy }.
session-over = Сеанс завершён. Войдите снова, чтобы продолжить. Написанное сохранено.
no-chats-expert = Когда учащиеся спросят о ваших курсах, их вопросы появятся здесь.
no-chats-outside = Когда вас запишут на курс, вы сможете написать его экспертам.
no-courses-staff = Добавьте курс и запишите учащихся. Там они найдут его экспертов.
no-courses-portal = Добавьте первый. Учащиеся найдут там экспертов и смогут им написать.
nobody-staff = Никого не найдено.
add-people-portal = Добавить людей в разделе «Управление»
audit-entry-invited = приглашение: { $person }
audit-entry-password-forgotten = запрос нового пароля: { $person }
job-forgotten_password = Запрос нового пароля

# О чём спрашивают заранее и что говорят потом
removed = Удалено: { $name }.
remove-name = Удалить: { $name }
delete-name = Удалить: { $name }
delete-for-everyone-title = Удалить у всех?
delete-for-everyone-text = Сообщение исчезнет у вас и у собеседника ({ $name }). Это нельзя отменить.
deleted-for-everyone = Сообщение удалено у всех.
unassign-title = Снять эксперта: { $name }?
unassign-text = { $name } больше не будет экспертом курса «{ $course }». Чаты с учащимися сохранятся для чтения, если людей не связывает что-то ещё. После нового назначения они снова откроются.
unassign-confirm = Снять
unassign-done = { $name }: больше не эксперт курса.
unenrol-title = Отчислить: { $name }?
unenrol-text = { $name } потеряет доступ к курсу «{ $course }». Чаты с его экспертами сохранятся для чтения, если людей не связывает что-то ещё. После нового зачисления они снова откроются.
unenrol-confirm = Отчислить
unenrol-done = Отчисление выполнено: { $name }.
expert-assigned = { $name } теперь эксперт.
learner-enrolled = Зачисление выполнено: { $name }.
messaging-off-title = Отключить личные сообщения?
messaging-off-text = Раздел «Сообщения» исчезнет у всех, и писать будет нельзя. Все чаты сохранятся и вернутся, когда вы включите их снова.
messaging-off = Отключить
messaging-off-done = Личные сообщения отключены.
deactivated = Отключено: { $name }.
activated = Включено: { $name }.
revoke-title = Отозвать «{ $name }»?
revoke-name = Отозвать: { $name }
revoke-text = Программы с этим токеном сразу перестанут работать. Это нельзя отменить.
token-revoked = Токен «{ $name }» отозван.
remove-device-title = Удалить: { $name }?
remove-device-text = Уведомления туда больше не придут. Ваши чаты останутся как есть.
session-end-title = Завершить сеанс: { $name }?
session-end-text = В этом браузере сразу произойдёт выход. Чаты сохранятся.
delete-mail-title = Удалить это письмо?
delete-mail-text = Письмо «{ $subject }» будет удалено вместе с текстом. Это нельзя отменить.
mail-deleted = Письмо удалено.
decline-link-title = Отклонить ссылку для { $name }?
decline-link-text = Тот, кто просил, не увидит ссылку. Её можно запросить снова.
decline-link-done = Запрос отклонён.
withdraw-link-title = Отозвать запрос о { $name }?
withdraw-link-text = Подтвердить его больше никто не сможет. Вы можете запросить ссылку снова.
withdraw-link-done = Запрос отозван.

# Сообщения касанием, с клавиатуры и без сети
message-menu-of = Действия с сообщением: { $name }
message-menu-mine = Действия с сообщением: ваше
chat-menu-of = Действия с чатом: { $name }
copy-text = Скопировать текст
row-waiting = Ждёт отправки: { $text }
key-messages = Переход между сообщениями
key-message-menu = Меню сообщения
key-unread = Пометить чат непрочитанным, целиком или с сообщения

# Разделы портала администратора
portal-people = Люди
portal-learning = Обучение
portal-account = Аккаунт

# Files

files = Файлы
attach-files = Прикрепить файлы
remove-file = Убрать { $name }
file-progress = { $percent } % из { $size }
file-progress-of = Загрузка: { $name }
file-waiting = Ожидание…
file-paused = Приостановлено
file-checking = Проверка…
file-ready = Готово
file-failed = Нельзя отправить
file-failed-file_too_large = Слишком большой (макс. { $size })
file-failed-files_full = Нет места для файлов
file-failed-files_off = Файлы здесь не отправляют
file-failed-file_kind = Такие файлы нельзя отправить
file-failed-kind = Такие файлы нельзя отправить
file-failed-picture = Изображение не читается
file-failed-picture_too_large = Изображение слишком большое
file-failed-virus = Задержан: найден вирус
file-failed-too_many_uploads = Слишком много неотправленных
file-unscanned = { $size } · на вирусы не проверен
too-many-files = В сообщении может быть не больше { $count } файлов.
drop-files = Отпустите файлы здесь
sending-files = Отправляется { $at } из { $count }
view-picture = Посмотреть { $name }
view-more-pictures = Посмотреть { $name } и ещё { $count }
picture-viewer = Изображения
picture-of = { $at } из { $count }
previous-picture = Предыдущее изображение
next-picture = Следующее изображение
zoom-in = Увеличить
zoom-out = Уменьшить
download = Скачать { $name }
line-pictures = { $count ->
    [1] Изображение
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
  }
line-files = { $count ->
    [one] { $count } файл
    [few] { $count } файла
   *[other] { $count } файлов
  }
line-file = Файл · { $name }
line-video = Видео · { $name }
notice-files_off = Файлы здесь отправлять нельзя.
notice-file_kind = Файлы этого вида здесь отправлять нельзя.
notice-kind = Один из файлов такого вида, который здесь отправлять нельзя.
notice-file_too_large = Один из файлов слишком большой.
notice-files_full = Для файлов больше нет места.
notice-file_not_found = Одного из файлов больше нет. Удалите сообщение и прикрепите файл ещё раз.
notice-file_not_ready = Один из файлов ещё не готов. Подождите немного и повторите.
notice-file_refused = Один из файлов нельзя отправить.
notice-picture = Одно из изображений не читается.
notice-picture_too_large = Одно из изображений слишком большое.
notice-virus = В одном из файлов найден вирус, он задержан.
largest-file = Самый большой файл
largest-file-off = Без файлов
file-kinds = Виды файлов
file-kinds-hint = Вид файла определяется по содержимому, а не по имени.
file-kind-picture = Изображения
file-kind-audio = Звук
file-kind-video = Видео
file-kind-document = Документы
file-kind-archive = Архивы
file-kind-other = Всё остальное, в том числе программы
file-room = Занято { $used }
file-room-of = Занято { $used } из { $room }
# Правка, ответы, реакции
reply = Ответить
react = Отреагировать
react-with = Отреагировать: { $emoji }
more-emoji = Другие эмодзи
reactions = Реакции
reaction-of = { $emoji }: { $names }
reacted = { $name }: реакция { $emoji } на сообщение: { $text }
reacted-more = { $count ->
    [one] ещё { $count }
    [few] ещё { $count }
   *[many] ещё { $count }
  }
edited = Изменено
edit-hint = Enter — сохранить, Esc — отменить
editing = Изменение сообщения
save-edit = Сохранить
leave-editing = Не изменять
replying-to = Ответ: { $name }
leave-reply = Не отвечать на это сообщение
yourself = вы
quote-of = Перейти к сообщению ({ $name }): { $text }
quote-gone = Это сообщение вам больше не видно
versions-title = Что было раньше
version-now = Сейчас, с { $at }
copy-link = Копировать ссылку на сообщение
choose-emoji = Выберите эмодзи
search-emoji = Поиск эмодзи
no-emoji = Эмодзи не найдены.
emoji-found = { $count ->
    [one] Найден { $count } эмодзи
    [few] Найдено { $count } эмодзи
   *[many] Найдено { $count } эмодзи
  }
emoji-smileys_emotion = Смайлики
emoji-people_body = Люди
emoji-animals_nature = Животные и природа
emoji-food_drink = Еда и напитки
emoji-travel_places = Путешествия и места
emoji-activities = Занятия
emoji-objects = Предметы
emoji-symbols = Символы
emoji-flags = Флаги
key-reply = Ответить на сообщение
key-edit = Изменить последнее своё сообщение, в пустом поле
refusal-too_late = Это сообщение уже нельзя изменить.
refusal-edits_full = Это сообщение изменяли слишком много раз. Напишите новое.
refusal-reactions_full = У этого сообщения уже предельное число разных реакций.
refusal-message_deleted = Это сообщение удалено у всех.

# Отмеченные сообщения
star-message = Отметить звёздочкой
unstar-message = Снять звёздочку
is-starred = Отмечено звёздочкой
message-starred = Сообщение отмечено звёздочкой.
star-removed = Звёздочка снята.
starred-messages = Отмеченные сообщения
starred-in = Отмеченные сообщения: { $name }
starred-to = Кому: { $name }
starred-more = Показать ещё
starred-not-loaded = Не удалось загрузить отмеченные сообщения
no-starred = Пока ничего не отмечено
no-starred-text = Отметьте сообщение звёздочкой в его меню, чтобы потом найти его здесь. Звёздочки видите только вы.
list-menu = Другие списки
key-star = Отметить сообщение звёздочкой или снять её
refusal-too_many_starred = Можно отметить не больше 1000 сообщений. Сначала снимите звёздочку с другого.

# Send later
send-later = Отправить позже
later-zone = Ваш часовой пояс: { $city }.
later-zones = Ваш часовой пояс: { $city }. У { $name } сейчас { $time }.
later-offline = Нет сети. Чтобы запланировать отправку, нужен сервер: текст останется здесь, пока связь не появится.
later-back = Когда { $name } снова на связи
later-afternoon = Сегодня днём
later-evening = Сегодня вечером
later-hour = Через час
later-tomorrow = Завтра утром
later-morning = Утром: { $day }
later-pick = Выбрать дату и время
later-schedule = Запланировать
later-date = Дата
later-time = Время
later-no-date = Выберите дату.
later-no-time = Выберите время.
later-past = Выберите время хотя бы на минуту позже.
later-too-far = Выберите дату в пределах года.
later-gap = В эту ночь часы переводят вперёд, и { $time } не наступает. Сообщение уйдёт сразу после перевода.
later-today-at = Сегодня, { $time }
later-tomorrow-at = Завтра, { $time }
later-day-at = { $day }, { $time }
later-for-them = { $day }, { $time } у { $name } ({ $city })
later-done = Запланировано: { $when }.
later-files-wait = Дождитесь загрузки файлов и запланируйте отправку снова.
later-line =
    { $count ->
        [one] Запланировано { $count } сообщение. Ближайшее: { $when }.
        [few] Запланировано { $count } сообщения. Ближайшее: { $when }.
       *[many] Запланировано { $count } сообщений. Ближайшее: { $when }.
    }
later-refused-line =
    { $count ->
        [one] { $count } запланированное сообщение не отправлено.
        [few] { $count } запланированных сообщения не отправлены.
       *[many] { $count } запланированных сообщений не отправлено.
    }
later-show = Показать
later-list = Запланированные сообщения
later-list-in = Запланировано для чата: { $name }
later-none = Ничего не запланировано
later-none-text = Стрелка рядом с кнопкой «Отправить» отправит сообщение в выбранное время.
later-not-sent = Не отправлено
later-text = Сообщение
later-empty = Сначала напишите что-нибудь.
later-edit = Изменить
later-now = Отправить сейчас
later-cancel = Отменить это сообщение
later-cancelled = Сообщение отменено.
later-restored = Сообщение снова запланировано.
later-sent = Сообщение отправлено.
later-changed = Сообщение изменено.
later-because-restored = Сервер восстановили из резервной копии уже после времени отправки, поэтому сообщение могло уйти. Сначала посмотрите в чат.
later-because-not_found = Этого чата больше нет.
later-because-fault = На сервере произошла ошибка. Отправьте сообщение ещё раз.
later-problem-too_many_scheduled = Можно запланировать до 100 сообщений. Сначала отправьте или отмените некоторые из них.
later-problem-too_many_scheduled_in_chat = В одном чате можно запланировать до 20 сообщений. Сначала отправьте или отмените некоторые из них.
later-problem-scheduled_changed = Это сообщение изменили на другом устройстве. Посмотрите на него ещё раз.
later-problem-already_sent = Это сообщение уже отправлено.
key-later = Отправить позже

# Formatting
code-block = Код
code-block-in = Код, { $language }
copy-code = Скопировать код
text-more = Показать полностью
text-less = Свернуть
formatting = Форматирование
format-preview = Как это будет выглядеть
format-bold = Жирный
format-italic = Курсив
format-code = Код
format-code-block = Блок кода
format-bullets = Маркированный список
format-numbers = Нумерованный список
format-quote = Цитата
format-link = Ссылка
format-formula = Формула
key-format = Жирный, курсив, код
key-format-link = Ссылка
key-format-lists = Нумерованный список, маркированный список, цитата
key-plain-paste = Вставить без форматирования

# Предпросмотр ссылок
remove-preview = Убрать предпросмотр
preview-removed = Предпросмотр убран.
preview-hosts = Предпросмотр ссылок
preview-hosts-hint = Первая ссылка сообщения получает карточку, если ведёт на один из этих узлов, по одному в строке: example.org или *.example.org для всего, что ниже. Страницу открывает сервер. Пусто: без карточек.
preview-hosts-off = Предпросмотр ссылок отключён на этом сервере.
