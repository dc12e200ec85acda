# Mails and pushes. $sender, $academy and $course are names.
message-from = Message from { $sender }
question-from = { $sender } asks about { $course }
hidden = You have a new message
nothing-unread = No unread messages
unread-chats = { $count ->
    [one] { $count } chat with unread messages
   *[other] { $count } chats with unread messages
  }
earlier = { $count ->
    [one] One earlier message is not shown here.
   *[other] { $count } earlier messages are not shown here.
  }
open-chat = Open the chat
answer-above = Write your answer above this line
why = You get this because you have unread messages at { $academy }.
choose = Choose what you are told
stop = No more mails of this kind

# Answers by return.
returned-subject = Your answer was not sent
returned-files-subject = Your files were not sent
returned-greeting = Hello { $name },
returned-not-yours = your answer came from an address that is not the one Hallway knows of you. Write from that address, or answer in the chat.
returned-old = the address that you answered to is not valid any more. Answer in the chat.
returned-empty = your answer had no text above the quoted message. Write it above that, or answer in the chat.
returned-too-long = your answer is longer than a message may be ({ $count } characters). Shorten it, or answer in the chat in parts.
returned-refused = your answer was not sent. { $because }
returned-files = your text was sent. The files were not: messages take none yet. Put them where the other person can get them, and write where.
returned-only-files = your mail had files and no text. Messages take no files yet, so nothing was sent.
returned-text = What you wrote:

# Why an answer was refused; the code is the rule's.
denial-messaging_off = Private messaging is switched off. Your chats are kept.
denial-other_removed = { $name } was removed from the account. The chat is kept, but you cannot write in it.
denial-other_deactivated = { $name } was deactivated. The chat is kept, but you cannot write in it.
denial-other_not_expert = { $name } is no longer an expert of { $course }. The chat is kept, but you cannot write in it.
denial-you_not_expert = You are no longer an expert of { $course }. The chat is kept, but you cannot write in it.
denial-neither_may_write = Neither of you may write to the other at present. The chat is kept.
denial-no_relation = You may not write to { $name } first.
denial-you_not_active = Your account is not active.

# A page by an address that is not Hallway's. $host is what the browser asked for.
unknown-host-title = Hallway does not know this address
unknown-host-what = You came by “{ $host }”, which is not an address of this Hallway. Nothing was changed.
unknown-host-remedy = If you run this server: set HALLWAY_PUBLIC_URL to the address that people type, as in https://learn.example.org, and HALLWAY_OTHER_URLS to others that lead here. Then start it again.

# About somebody's own account. $by is a name, $moment a date with the time.
access-operator = the operator of this server
access-not-you = If this was not agreed with you, ask an administrator at once, and choose a new password in Hallway.
access-link-end = Nobody else has seen this link. If you did not ask for it, you need do nothing: your password stays as it is until the link is used.
access-link-subject = Your sign-in link
access-link = { $by } has sent you a link with which you choose a new password for { $academy }. It works once, for seven days:
access-link-made-subject = A sign-in link was made for you
access-link-made = On { $moment } { $by } made a sign-in link for you at { $academy }. Whoever has it can choose a new password and come in as you.
access-link-spent-subject = Your sign-in link was used
access-link-spent = On { $moment } the sign-in link that { $by } made for you was used at { $academy }: a new password was chosen, and you were signed out everywhere else.
access-password-set-subject = A password was set for you
access-password-set = On { $moment } { $by } set your password at { $academy }. Choose one that only you know: Profile, Change password.
access-email-changed-subject = Your e-mail address was changed
access-email-changed = On { $moment } { $by } changed your e-mail address at { $academy }. For seven days sign-in links still go to the address before it, or until you confirm the new one in Hallway.
access-login-changed-subject = Your login was changed
access-login-changed = On { $moment } { $by } changed the login with which you sign in at { $academy }.
access-new-device-subject = A sign-in from a new device
access-new-device = On { $moment } somebody signed in as you at { $academy }, from a device in which you had not signed in before: { $device ->
    [unknown] an unknown browser
   *[other] { $device }
}, network { $network }.
access-new-device-not-you = If that was you, you need do nothing. If it was not, open your profile, end that session under “My sessions”, and change your password at once:
