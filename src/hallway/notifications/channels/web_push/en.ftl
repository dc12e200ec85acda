# What people read for this channel in their notification settings.
label = Devices
