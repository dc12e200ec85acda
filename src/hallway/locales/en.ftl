# Emails and pushes. $sender, $academy and $course are names.
message-from = Message from { $sender }
question-from = { $sender } asks about { $course }
hidden = You have a new message
files = { $count ->
    [one] File: { $names }
   *[other] Files: { $names }
  }
nothing-unread = No unread messages
unread-chats = { $count ->
    [one] { $count } chat with unread messages
   *[other] { $count } chats with unread messages
  }
earlier = { $count ->
    [one] { $count } earlier message isn’t shown here.
   *[other] { $count } earlier messages aren’t shown here.
  }
open-chat = Open chat
answer-above = Write your reply above this line
why = You’re getting this email because you have unread messages at { $academy }.
choose = Notification settings
stop = Unsubscribe

# Replies by email.
returned-subject = Your reply wasn’t sent
returned-files-subject = Your files weren’t sent
returned-greeting = Hello { $name },
returned-not-yours = Your reply came from an address that isn’t the one in your profile. Reply from that address, or in the chat.
returned-old = The address you replied to is no longer valid. Reply in the chat instead.
returned-empty = Your reply had no text above the quoted message. Write it there, or reply in the chat.
returned-too-long = Your reply is longer than a message can be ({ $count } characters). Shorten it, or split it up in the chat.
returned-changed = Your mail program sent this email twice with different text, and only the first version was posted. If this one says something new, reply in the chat.
returned-refused = Your reply wasn’t sent. { $because }
returned-files = Your reply was sent, but not all of its files were{ $names ->
    [none] {""}
   *[other] {": "}{ $names }
  }. Attach them in the chat, where you see why.
returned-only-files = Your email had no text, and its files couldn’t be sent{ $names ->
    [none] {""}
   *[other] {": "}{ $names }
  }. Nothing was sent. Attach them in the chat, where you see why.
returned-text = You wrote:

# Why an answer was refused; the code is the rule's.
denial-messaging_off = Private messaging is switched off. Your chats are kept.
denial-other_removed = { $name } was removed. The chat is kept, but you can’t write in it.
denial-other_deactivated = { $name } was deactivated. The chat is kept, but you can’t write in it.
denial-other_not_expert = { $name } is no longer an expert of { $course }. The chat is kept, but you can’t write in it.
denial-you_not_expert = You’re no longer an expert of { $course }. The chat is kept, but you can’t write in it.
denial-neither_may_write = Neither of you can write to the other right now. The chat is kept.
denial-no_relation = You can’t start a chat with { $name }.
denial-you_not_active = Your account isn’t active.

# Shown at an address that isn't Hallway's. $host is what the browser asked for.
unknown-host-title = Unknown address
unknown-host-what = Hallway doesn’t answer at “{ $host }”. Nothing was changed.
unknown-host-remedy = If you run this server, set HALLWAY_PUBLIC_URL to the address that people type, such as https://learn.example.org, and HALLWAY_OTHER_URLS to any others that lead here. Then restart Hallway.
suspended-title = Suspended
suspended-what = “{ $host }” is suspended. Nothing was deleted.
suspended-remedy = Ask whoever runs this server.

# About a person's own account. $by is a name, $moment a date with the time.
access-operator = the server operator
access-not-you = If you weren’t expecting this, tell an administrator right away and choose a new password in Hallway.
access-link-end = Nobody else has seen this link. If you didn’t ask for it, you can ignore this email: your password stays the same unless the link is used.
access-link-subject = Your sign-in link
access-link = { $by } sent you a link for choosing a new password at { $academy }. It works once, within seven days:
access-link-made-subject = A sign-in link was created for you
access-link-made = On { $moment }, { $by } created a sign-in link for you at { $academy }. Anyone who has it can choose a new password and sign in as you.
access-link-spent-subject = Your sign-in link was used
access-link-spent = On { $moment }, the sign-in link that { $by } created for you at { $academy } was used to choose a new password. You were signed out everywhere else.
access-password-set-subject = Your password was set
access-password-set = On { $moment }, { $by } set your password at { $academy }. Choose one that only you know, under “Change password” in your profile.
access-email-changed-subject = Your email address was changed
access-email-changed = On { $moment }, { $by } changed your email address at { $academy }. Sign-in links still go to your previous address for seven days, or until you confirm the new one in Hallway.
access-login-changed-subject = Your login was changed
access-login-changed = On { $moment }, { $by } changed your login at { $academy }.
access-new-device-subject = New sign-in to your account
access-new-device = On { $moment }, someone signed in to your account at { $academy } from a new device: { $device ->
    [unknown] an unknown browser
   *[other] { $device }
  }, network { $network }.
access-new-device-not-you = If this was you, there’s nothing to do. If not, end that session under “My sessions” in your profile and change your password right away:

# Invitations and forgotten passwords.
access-invitation-subject = { $by } invites you to { $academy }
access-invitation = { $by } has added you to { $academy }. Choose your password here to sign in. The link works once, within seven days:
access-invitation-end = Has it expired? Ask { $by } for a new one. If you don’t know { $academy }, ignore this email: nothing happens until the link is used.
access-forgotten-subject = Choose a new password
access-forgotten = Someone asked for a new password for your account at { $academy }. If it was you, choose one here. The link works once, within a day:
access-forgotten-end = If it wasn’t you, ignore this email: your password stays as it is.
access-renewed-subject = Your password was changed
access-renewed = On { $moment }, a new password was chosen for your account at { $academy } with a link sent to this address. You were signed out everywhere else.
access-renewed-not-you = If this wasn’t you, someone else can read your email. Secure your mailbox, then ask an administrator for a new sign-in link.
