"""Tags of TIFF and Exif by kind (Exif 2.32, TIFF 6.0, Microsoft's XP tags, Adobe's DNG)."""

TAGS = {
    0x010F: ("camera", "Make"),
    0x0110: ("camera", "Model"),
    0x013C: ("camera", "HostComputer"),
    0xA432: ("camera", "LensSpecification"),
    0xA433: ("camera", "LensMake"),
    0xA434: ("camera", "LensModel"),
    0xC614: ("camera", "UniqueCameraModel"),
    0xA420: ("serial_number", "ImageUniqueID"),
    0xA431: ("serial_number", "BodySerialNumber"),
    0xA435: ("serial_number", "LensSerialNumber"),
    0xC62F: ("serial_number", "CameraSerialNumber"),
    0x0132: ("date", "DateTime"),
    0x9003: ("date", "DateTimeOriginal"),
    0x9004: ("date", "DateTimeDigitized"),
    0x9010: ("date", "OffsetTime"),
    0x9011: ("date", "OffsetTimeOriginal"),
    0x9012: ("date", "OffsetTimeDigitized"),
    0x9290: ("date", "SubSecTime"),
    0x9291: ("date", "SubSecTimeOriginal"),
    0x9292: ("date", "SubSecTimeDigitized"),
    0x013B: ("name", "Artist"),
    0x8298: ("name", "Copyright"),
    0x9C9D: ("name", "XPAuthor"),
    0xA430: ("name", "CameraOwnerName"),
    0x010D: ("caption", "DocumentName"),
    0x010E: ("caption", "ImageDescription"),
    0x9C9B: ("caption", "XPTitle"),
    0x9C9E: ("caption", "XPKeywords"),
    0x9C9F: ("caption", "XPSubject"),
    0x9286: ("comment", "UserComment"),
    0x9C9C: ("comment", "XPComment"),
    0x000B: ("editing", "ProcessingSoftware"),
    0x0131: ("editing", "Software"),
    0x927C: ("maker_notes", "MakerNote"),
    0x8773: ("colour_profile", "ICC profile"),
    0xC4A5: ("private_data", "PrintIM"),
}
"""Tag → kind of metadata and name.

Tags not listed count as `settings` within Exif's range, otherwise as `other`.
"""

GPS_DATES = {0x07, 0x1D}
"""GPSTimeStamp and GPSDateStamp."""

STRUCTURE = {
    0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x010A, 0x0111, 0x0112, 0x0115, 0x0116, 0x0117, 0x0118, 0x0119,
    0x011A, 0x011B, 0x011C, 0x0128, 0x012D, 0x013D, 0x013E, 0x013F, 0x0140, 0x0142, 0x0143, 0x0144, 0x0145, 0x014C, 0x0152,
    0x0153, 0x015B, 0x0201, 0x0202, 0x0211, 0x0212, 0x0213, 0x0214, 0x1001, 0x1002, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002,
    0xA003, 0xEA1C,
}  # fmt: skip
"""Tags that describe the pixel layout only."""
