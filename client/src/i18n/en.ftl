# Everywhere
app-name = Hallway
courses = Courses
messages = Messages
messages-badge = { $count ->
    [0] Messages
    [one] Messages, { $count } unread chat
   *[other] Messages, { $count } unread chats
  }
admin-portal = Admin portal
profile = Profile
account-menu = Your account
sign-out = Sign out
language = Language
theme = Appearance
theme-system = As the system
theme-light = Light
theme-dark = Dark
skip = Skip to the content
cancel = Cancel
save = Save
saved = Saved.
close = Close
delete = Delete
add = Add
edit = Edit
remove = Remove
search = Search
back = Back
more = More
loading = Loading…
show-more = Show more
nothing-found = Nothing found
optional = optional
not-found-title = This page is not there
not-found-text = The address is wrong, or you may not see what is behind it.
chat-not-loaded = This chat was not loaded
try-again = Try again
fault = That did not work. Try again.
problem-sign_in_failed = The login or the password is wrong.
problem-too_many = Too many tries. Wait a minute, then try again.
problem-unavailable = The database does not answer at the moment. Nothing was changed; try again.
problem-not_found = It is not there any more, or you may not see it.
problem-signed_out = You are signed out. Sign in again.
unreachable = The server does not answer. Check your connection and try again.
clear-field = Clear { $field }
pages = Pages
page-range = { $from }–{ $to } of { $total }
page-back = Back
page-next = Next
results = { $count ->
    [one] { $count } result
   *[other] { $count } results
  }
search-failed = The search did not work. Check your connection and try again.
announcements = Announcements
role-owner = Account owner
role-administrator = Administrator
role-department_administrator = Department administrator
role-author = Author
role-learner = Learner

# Coming in
sign-in = Sign in
sign-in-title = Sign in to { $academy }
login-or-email = Login or e-mail
password = Password
show-password = Show password
demo-title = Try the demo as
demo-hint = This is a demo with invented people. One click signs you in.
demo-password = Or sign in yourself: everybody’s password is { $password }.
set-up-title = Set up Hallway
set-up-text = This creates your academy and its owner. It is done once.
set-up-token = Set-up token
set-up-token-hint = The server printed it when it started.
set-up-needed = Hallway is not set up yet. Open the address that the server printed when it started.
academy-name = Name of the academy
your-name = Your name
email = E-mail
login = Login
create-academy = Create the academy
choose-password-title = Choose your password
choose-password-hint = At least 10 characters.
choose-password = Save and sign in
link-spent = This link was used already or is too old. Ask an administrator for a new one.

# Messages: the list
new-chat = New chat
search-chats = Search people and messages
filter-all = All
filter-unread = Unread
filter-unread-count = Unread { $count }
chats = Chats
no-chats = No messages yet
no-chats-learner = Open a course: each expert’s card there has the link “Write an expert”.
no-chats-staff = Write to somebody with “New chat”.
no-unread = Everything is read
no-chat-chosen = Choose a chat to read it here
row-expert = Expert · { $course }
row-question = Question · { $course }
you-said = You: { $text }
not-sent-mark = Not sent.
message-deleted = Message deleted
row-name = { $unread ->
    [0] { $name }, { $role }, { $time }: { $text }
    [one] { $name }, { $role }, { $unread } unread message, { $time }: { $text }
   *[other] { $name }, { $role }, { $unread } unread messages, { $time }: { $text }
  }
today = Today
yesterday = Yesterday

# Messages: the chat
back-to-chats = Back to the chats
chat-with = Chat with { $name }
chat-menu = More about this chat
message-menu = More about this message
open-course = Open the course
new-messages = New messages
history = Messages with { $name }
write-message = Write your message
forward = Forward
composer-hint = Enter to send, Shift + Enter for a new line
left-to-write = { $count ->
    [one] { $count } character left
   *[other] { $count } characters left
  }
too-long = { $count ->
    [one] { $count } character too many
   *[other] { $count } characters too many
  }
state-waiting = Waiting
state-sending = Sending…
state-sent = Sent
state-read = Read
state-not-sent = Not sent
retry = Retry
offline = You are offline. Messages will be sent when you are back.
asks-about = Question about { $course }
start-hint = Write your first message to { $name }.
start-about = Your question to { $name } about { $course }.
to-newest = To the newest
to-newest-count = { $count ->
    [0] To the newest
    [one] To the newest, { $count } new message
   *[other] To the newest, { $count } new messages
  }
delete-message = Delete message
delete-for-everyone = Delete for everyone
message-deleted-undo = Message deleted.
undo = Undo
delete-chat = Delete chat
delete-chat-with = Delete chat with { $name }
delete-chat-text = Only your copy is deleted. { $name } keeps theirs.
chat-deleted = Chat deleted.
said = { $name }: { $text }
you = You

keys = Keys
keys-title = Keys of Messages
key-search = Search
key-new = New chat
key-help = Show these keys
key-escape = Close the menu, then the window, then the chat
key-arrows = Move in the list and in menus
key-enter = Send the message
key-shift-enter = Break the line
key-undo = Undo what was just deleted

# Why something is refused
notice-messaging_off = Private messaging is switched off. Your chats are kept.
notice-other_removed = { $name } was removed from the account. The chat is kept, but you cannot write in it.
notice-other_deactivated = { $name } was deactivated. The chat is kept, but you cannot write in it.
notice-other_not_expert = { $name } is no longer an expert of { $course }. The chat is kept, but you cannot write in it.
notice-you_not_expert = You are no longer an expert of { $course }. The chat is kept, but you cannot write in it.
notice-neither_may_write = Neither of you may write to the other at present. The chat is kept.
notice-no_relation = You may not write to { $name } first.
notice-you_not_active = Your account is not active.
notice-yourself = You cannot write to yourself.
notice-too_many = You are writing very fast. Wait a moment, then retry.
notice-invalid = This text cannot be sent.
notice-key_reused = This was not sent: it got mixed up with an older message. Retry sends it.
notice-other = This was refused.
see-experts = Open the course
see-experts-after = to see its experts.

# New chat
to = To
people-hint-all = You see everyone you administer.
people-hint-departments = You see the people of the departments you manage, and experts of your courses.
people-hint-other = You see the people to whom you may write first.
nobody = Nobody found

# Courses
my-courses = My courses
no-courses = No courses yet
no-courses-text = When an administrator enrols you in a course, you find it here.
lessons = Lessons
lesson-count = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
  }
course-experts = { $count ->
    [one] Course expert
   *[other] Course experts
  }
no-experts = This course has no expert at present.
write-an-expert = Write an expert
write-an-expert-name = Write an expert: { $name }
you-are-expert = You are an expert of this course

# Profile
time-zone = Time zone
change-password = Change password
current-password = Present password
new-password = New password
password-changed = Your password is changed. You are signed out everywhere else.
sessions = My sessions
sessions-hint = Browsers in which you are signed in. End one that you do not know or do not use any more, and change your password if it was not yours.
sessions-alone = Only this device is signed in.
session-named = { $browser } on { $system }
session-unknown = Unknown browser
session-mine = This device
session-network = Network
session-since = Signed in
session-seen = Last seen
session-end = End
session-end-name = End the session: { $name }
session-ended = The session was ended. That device is signed out.
sessions-end-others = End all others
sessions-end-others-title = End all other sessions?
sessions-end-others-text = All your other browsers are signed out at once. This one stays signed in; programs with an access token go on.
sessions-ended = { $count ->
    [0] No other device was signed in.
    [one] One session was ended.
   *[other] { $count } sessions were ended.
}
tokens = Personal access tokens
tokens-hint = For programs that use Hallway on your behalf. Treat a token like a password.
token-name = What is it for?
token-made = Copy the token now. It is not shown again.
token-scope = What may it do?
token-scope-read = Read
token-scope-write = Read and write
token-scope-admin = Everything that I may
token-made-on = Made { $date }
token-until = Ends { $date }
token-endless = No end
make-token = Make a token
revoke = Revoke
no-tokens = You have no tokens.

# Admin portal
users = Users
departments = Departments
import = Import
settings = Settings
add-user = Add user
edit-user = Edit { $name }
search-users = Search by name, login or e-mail
user-count = { $count ->
    [one] { $count } user
   *[other] { $count } users
  }
name = Name
role = Role
title = Title
department = Department
no-department = No department
supervisor = Supervisor
nobody-chosen = Nobody
manages = Manages
state = State
state-active = Active
state-inactive = Deactivated
state-removed = Removed
all-roles = All roles
all-states = Active and deactivated
deactivate = Deactivate
activate = Activate
remove-user = Remove
remove-user-title = Remove { $name }?
remove-user-text = They are signed out everywhere and cannot come back. Chats with them are kept, read-only.
deactivate-title = Deactivate { $name }?
deactivate-text = They are signed out everywhere until they are activated again. Chats with them are kept, read-only.
sign-in-link = Sign-in link
sign-in-link-text = Give this link to { $name }. It works once, for seven days, and lets them choose a password.
link-first = { $name } has never signed in. You may see their link and give it to them.
link-is-told = { $name } learns that you made it, and when.
link-by-mail = { $name } has signed in before, so nobody else may see their link. It is mailed to:
link-to-former = The address was changed to { $email } less than a week ago, and { $name } has not confirmed it yet. Links still go to the one before.
link-by-operator = { $name } has signed in before, and no mail reaches them. Set up mail, or let a second administrator confirm links (Settings), or ask whoever runs the server for a link:
link-needs-second = { $name } has signed in before, and no mail reaches them. Once a second administrator has confirmed it, you may see the link.
link-asked = Asked on { $moment }. Another administrator finds it above the users. It ends after a day.
link-confirmed = A second administrator has confirmed it. You may see { $name }’s link once.
link-mailed = The link is on its way to { $email }.
show-link = Show link
mail-link = Mail the link
ask-second = Ask a second administrator
link-requests = Sign-in links to confirm
link-requests-hint = Whoever sees such a link could come in as that person. Confirm only what you have asked both about.
link-request-by = { $name } asked on { $moment } to see the link.
link-request-confirmed = { $name } has confirmed it. Open “Sign-in link” beside the person.
confirm-link = Confirm
confirm-link-for = Confirm the link for { $name }
decline-link = Decline
decline-link-for = Decline the link for { $name }
withdraw-link = Take back
withdraw-link-for = Take back the request for { $name }
link-was-confirmed = { $name } may see the link now.
links-by-confirmation = A second administrator may confirm sign-in links
links-by-confirmation-hint = For people who have signed in before and whom no mail reaches. Whoever asked then sees the link, and the person is told.
copy = Copy
copied = Copied.
photo = Picture
add-department = Add department
add-below = Add below
department-members = { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
  }
remove-department-title = Remove { $name }?
remove-department-text = The department must be empty.
parent = Belongs to
at-the-top = At the top
add-course = Add course
description = Description
lessons-hint = One lesson on each line.
experts = Experts
enrolled = Enrolled
assign-expert = Assign an expert
enrol = Enrol somebody
unassign = Unassign { $name }
withdraw = Withdraw { $name }
enrolled-count = { $count ->
    [0] nobody enrolled
    [one] { $count } enrolled
   *[other] { $count } enrolled
  }
remove-course-title = Remove { $name }?
remove-course-text = Enrolments and experts of the course go with it. Chats about it are kept.
import-kind = What does the file hold?
kind-users = Users
kind-departments = Departments
kind-courses = Courses
kind-enrolments = Enrolments
kind-experts = Experts
import-columns-users = Columns: name, email, login; and if you like role, title, department, supervisor, manages, state.
import-columns-departments = Columns: department (its path, as in Operations/Warehouse); and if you like supervisor.
import-columns-courses = Columns: title; and if you like description, lessons (separated by |).
import-columns-enrolments = Columns: course (its title), login.
import-columns-experts = Columns: course (its title), login.
choose-file = Choose a CSV or XLSX file
checking = Checking line { $done } of { $total }…
applying = Importing line { $done } of { $total }…
import-preview = { $add } to add, { $change } to change, { $same } already as in the file.
import-refused = { $count ->
    [one] { $count } line is bad. Nothing was changed.
   *[other] { $count } lines are bad. Nothing was changed.
  }
import-line = Line
import-column = Column
import-value = Value
import-why = What is wrong
import-apply = Import { $count ->
    [one] { $count } line
   *[other] { $count } lines
  }
import-done = Imported: { $add } added, { $change } changed.
import-left-out = { $count ->
    [one] { $count } line became wrong after the check, and was left out.
   *[other] { $count } lines became wrong after the check, and were left out.
  }
import-failed = The import failed, and nothing was changed: { $reason }
import-stopped = The import stopped after { $done } of { $total } lines: { $reason }
private-messaging = Private messaging
private-messaging-hint = Switched off, the Messages section goes and nobody can write. All chats are kept.
mode = Who may start a chat
mode-strict = Strict
mode-strict-hint = Staff write to those they administer. Learners write to the experts of their courses.
mode-managers = Managers
mode-managers-hint = Strict, and everyone may also write to those who administer them.
mode-limited = Limited
mode-limited-hint = Strict, and attendees write to the organizer of their training, supervisors to their people.
mode-open = Open
mode-open-hint = Everyone may write to everyone.
delete-window = “Delete for everyone” is offered for
delete-window-hours = { $count ->
    [0] not at all
    [one] { $count } hour
   *[other] { $count } hours
  }

# Notices: what one is told while one is away
notices = Notifications
notices-hint = What you are told while you are not looking at Messages. The Messages area itself always shows everything at once.
notices-push = On this device
notices-push-hint = A notice on the screen of this device, also when no page is open.
notices-push-refused = This browser was told to show no notices. Allow them in its settings for this site, then come back.
notices-push-cannot = This browser cannot show notices. On an iPhone or iPad, add Hallway to the home screen first.
notices-push-not-here = Notices on this device do not work here. Try another browser.
channel-push = Devices
channel-email = E-mail
channel-messenger = Messenger
kind-message = Messages
kind-question = Questions about courses
when-now = At once
when-hourly = Every hour
when-daily = Once a day
when-never = Never
choice-of = { $kind }: { $channel }
choice-locked = Your academy decided this.
quiet-hours = Quiet hours
quiet-from = From
quiet-until = Until
days-off = Days off
digest-at = Once a day, at
hides-text = Do not show the text
hides-text-hint = The notice says only that there is a message.
devices = Devices that are told
device-mine = this one
bounced = Mail to { $email } came back: { $reason }. No mail is sent there until the address is changed, or you try again.
bounced-again = Try again
bounced-user = Mail to { $email } came back: { $reason }. Correct the address, or ask its owner to try again in their profile.
mail-bounced = Mail to { $email } comes back, so no mail tells you of messages.
mail-bounced-more = See what to do
user-mail-bounced = Mail comes back
mails-ended = You ended all mails by the link in one of them. What you chose below holds again once you want them.
mails-again = Send me mails again
mails-ended-user = { $name } ended all mails by the link in one of them. Only they can let them come again.
office-hours = Office hours
office-hours-hint = Learners see when you answer, and by when they may expect a reply.
office-on = Show office hours
office-opens = Opens
office-closes = Closes
office-reply = Usual answer within
office-reply-hours = { $count ->
    [one] { $count } office hour
   *[other] { $count } office hours
  }
office-open = { $name } answers { $days } { $opens }–{ $closes }.
office-reply-by = Reply expected by { $by }.
mute-chat = Mute this chat
unmute-chat = Tell me of this chat again
muted = Muted
chat-muted = You will not be told of this chat. It still shows here.
chat-unmuted = You will be told of this chat again.
by-mail = answered by e-mail
show-quoted = Show quoted text
stop-mails-title = No more mails?
stop-mails-asked = You will get no more mails about messages. Everything stays in Messages.
stop-mails-do = Stop the mails
stop-mails-ended = Done. You will get no more mails about messages.
stop-mails-resumed = Mails come again as you chose them in your profile.
notices-policy-hint = What people are told who did not choose themselves. What is locked nobody can change; only mails everybody may end, by the link in each.
lock-choice = Lock { $choice }
mail-after = A mail is sent when a message stayed unread for
mail-after-minutes = { $count ->
    [0] no time at all
    [one] { $count } minute
   *[other] { $count } minutes
  }
mail-colour = Colour of mails
mail-colour-usual = Usual colour
hides-text-all = Never show texts outside of Hallway
kept-mails = Mail that was kept aside
kept-mails-hint = Mail that came in and that nothing could be done with: the newest 200 of the last 90 days.
kept-unreadable = not readable
kept-forged = its sender is forged
kept-no_address = belongs to no chat
kept-not_sent = could not be sent
kept-unclear_sender = its sender is unclear
kept-too_complex = has too many parts
kept-too_hard = took too long to read

set-aside = Set aside
set-aside-hint = Work in the background that failed again and again. Nothing else waits for it.
job-notification = A notification
job-import = An import
job-inbound_mail = Mail that came in
job-mail = A mail
job-upkeep = Tidying up
job-other = Other work
job-queued = It is tried again now.
job-discarded = Discarded.
discard = Discard
discard-title = Discard this?
discard-text = It will not be done. This can’t be undone.
discard-text-mail = The mail will be deleted, and its text with it. This can’t be undone.

# The audit log
audit-log = Audit log
audit-log-hint = Who changed what. It can’t be edited, and it never shows what people write.
audit-mine = What happened to my account
audit-mine-hint = Sign-ins, links, and changes of your role, rights and password.
audit-empty = Nothing was recorded yet.
audit-empty-filtered = Nothing fits. Choose less, or other dates.
audit-actions = Actions
audit-all-actions = All actions
audit-group-account = Account and settings
audit-group-entry = Signing in
audit-group-user = People
audit-group-department = Departments
audit-group-course = Courses
audit-group-training = Trainings
audit-group-import = Imports
audit-group-export = Exports
audit-group-mail = Mail that was kept aside
audit-group-job = Background work
audit-by = Who did it
audit-about = Whom it concerns
audit-anyone = Anyone
audit-since = From
audit-until = To
audit-via-web = Web
audit-via-token = Program
audit-via-mail = E-mail
audit-via-command = Command line
audit-via-stranger = Not signed in
audit-via-system = Hallway
audit-by-command = Operator
audit-by-stranger = Somebody
audit-by-system = Hallway
audit-entry-number = Entry
audit-before = Before
audit-after = After
audit-what = What
audit-gone = not there any more
audit-yes = Yes
audit-no = No
audit-older = Older
audit-newest = Newest
audit-account-set-up = set up the account
audit-account-changed = changed the account’s settings
audit-account-saved = made a backup
audit-account-restored = restored everything from a backup
audit-account-moved = moved everything to PostgreSQL
audit-account-notifications-changed = changed what people are notified of
audit-entry-signed-in = signed in
audit-entry-failed = could not sign in as { $person }
audit-entry-failed-unknown = tried logins that nobody has
audit-entry-signed-out = signed out
audit-entry-session-ended = ended a session of { $person }
audit-entry-link-made = made a sign-in link for { $person }
audit-entry-link-asked = asked for a sign-in link for { $person }
audit-entry-link-confirmed = confirmed a sign-in link for { $person }
audit-entry-link-declined = took back or declined a sign-in link for { $person }
audit-entry-link-spent = chose a password with a sign-in link
audit-entry-password-changed = changed the password of { $person }
audit-entry-token-made = made the access token { $thing }
audit-entry-token-revoked = revoked the access token { $thing }
audit-user-added = added { $person }
audit-user-changed = changed the details of { $person }
audit-user-role-changed = changed the role of { $person } from { $from } to { $to }
audit-user-rights-changed = changed which departments { $person } manages
audit-user-deactivated = deactivated { $person }
audit-user-activated = activated { $person }
audit-user-removed = removed { $person }
audit-user-photo-changed = changed the picture of { $person }
audit-department-added = added the department { $thing }
audit-department-changed = changed the department { $thing }
audit-department-removed = removed the department { $thing }
audit-course-added = added the course { $thing }
audit-course-changed = changed the course { $thing }
audit-course-removed = removed the course { $thing }
audit-course-enrolled = enrolled { $person } in { $thing }
audit-course-withdrawn = took { $person } out of { $thing }
audit-course-expert-assigned = made { $person } an expert of { $thing }
audit-course-expert-unassigned = removed { $person } as an expert of { $thing }
audit-training-added = added the training { $thing }
audit-training-changed = changed the training { $thing }
audit-training-removed = removed the training { $thing }
audit-training-attended = added { $person } to { $thing }
audit-training-left = took { $person } out of { $thing }
audit-import-uploaded = uploaded the file { $thing } to import
audit-import-applied = imported the file { $thing }
audit-import-failed = could not import the file { $thing }
audit-mail-viewed = opened a mail that was kept aside
audit-mail-dropped = deleted a mail that was kept aside
audit-job-retried = tried work in the background again
audit-job-discarded = discarded work in the background
fact-role = Role
fact-department_id = Department
fact-supervisor_id = Supervisor
fact-parent_id = Above it
fact-organizer_id = Organizer
fact-manages = Manages
fact-name = Name
fact-title = Title
fact-texts = Changed
fact-messaging_on = Private messaging
fact-links_by_confirmation = Second administrator confirms links
fact-asked_by = Asked by
fact-mode = Who may start a chat
fact-delete_for_everyone = Delete for everyone, seconds
fact-entries = Entries
fact-added = Added
fact-changed = Changed
fact-lines = Lines
fact-kind = Kind
fact-is_there = There is one
fact-hides_text = Texts are hidden
fact-locked = Locked
fact-mail_after = Mail after minutes
fact-mail_colour = Colour of mails
fact-is_new_device = New device
fact-days = Days
fact-scopes = May do
audit-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
  }
audit-export = { $count ->
    [one] Export { $count } entry
   *[other] Export { $count } entries
  }
audit-export-audit = { $count ->
    [one] exported { $count } entry of the audit log
   *[other] exported { $count } entries of the audit log
  }

# What others did to one's way in.
access-notices = About your account
the-operator = The operator of the server
access-link-made = On { $moment } { $name } made a sign-in link for you. Whoever has it could come in as you.
access-link-spent = On { $moment } a sign-in link that { $name } had made for you was used, and a new password chosen.
access-password-set = On { $moment } { $name } set your password. Choose one that only you know:
access-email-changed = On { $moment } { $name } changed your e-mail address.
access-new-email = It is now { $email }. Is that yours?
access-login-changed = On { $moment } { $name } changed the login with which you sign in.
access-read = I have read it
access-mine = It is mine
