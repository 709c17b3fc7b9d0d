/// A moment split into the fields of the Gregorian calendar, in UTC.
///
/// Both ways use the day count of the proleptic calendar with years that begin in March: the leap day comes last.
struct CalendarFields: Equatable {
    var year: Int
    /// 1...12.
    var month: Int
    /// 1...31.
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0

    /// The fields of a moment.
    init(_ date: SigningDate) {
        let days = Int((date.secondsSince1970 - date.secondsSince1970.remainder(in: 86_400)) / 86_400)
        let secondOfDay = Int(date.secondsSince1970.remainder(in: 86_400))
        // Days since 0000-03-01; 400 years are 146,097 days.
        let shifted = days + 719_468
        let era = (shifted - Int(Int64(shifted).remainder(in: 146_097))) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
    }

    /// Six numbers as they were read, at most 9999 each and in any combination.
    init(year: Int, month: Int, day: Int, time: (hour: Int, minute: Int, second: Int)) {
        self.year = year
        self.month = month
        self.day = day
        (hour, minute, second) = time
    }

    /// The moment, `nil` when a field is outside its range (February 30th, hour 24, second 60).
    var date: SigningDate? {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let date = SigningDate(secondsSince1970: Int64(days * 86_400 + hour * 3600 + minute * 60 + second))
        // A field outside its range runs over into the next one, and then the way back gives other fields.
        return CalendarFields(date) == self ? date : nil
    }

    /// The day of the week, 0 is Sunday.
    var weekday: Int {
        guard let date else { return 0 }
        let days = (date.secondsSince1970 - date.secondsSince1970.remainder(in: 86_400)) / 86_400
        return Int((days + 4).remainder(in: 7))
    }
}

extension Int64 {
    /// The remainder that is never negative: -1 in days of 86,400 seconds is 86,399.
    fileprivate func remainder(in divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
