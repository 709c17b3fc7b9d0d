import Testing

@testable import SigV4

@Suite("Dates")
struct SigningDateTests {
    @Test(
        "spells a moment in four ways and reads two of them back",
        arguments: [
            (0, "19700101T000000Z", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_735_787_045, "20250102T030405Z", "2025-01-02T03:04:05Z", "Thu, 02 Jan 2025 03:04:05 GMT"),
            (1_369_353_600, "20130524T000000Z", "2013-05-24T00:00:00Z", "Fri, 24 May 2013 00:00:00 GMT"),
            (951_827_696, "20000229T123456Z", "2000-02-29T12:34:56Z", "Tue, 29 Feb 2000 12:34:56 GMT"),
            (4_107_542_399, "21000228T235959Z", "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 GMT"),
            (-1, "19691231T235959Z", "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
            (-62_167_219_200, "00000101T000000Z", "0000-01-01T00:00:00Z", "Sat, 01 Jan 0000 00:00:00 GMT"),
            (253_402_300_799, "99991231T235959Z", "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] as [(Int64, String, String, String)]
    )
    func spelling(_ seconds: Int64, _ basic: String, _ iso8601: String, _ httpDate: String) {
        let date = SigningDate(secondsSince1970: seconds)
        #expect(date.basic == basic)
        #expect(date.day == basic.prefix(8))
        #expect(date.iso8601 == iso8601)
        #expect(date.httpDate == httpDate)
        #expect(SigningDate(basic: basic) == date)
        #expect(SigningDate(httpDate: httpDate) == date)
    }

    @Test("every day around a leap century and a common one comes back from its spelling", arguments: [1998, 2098])
    func everyDay(_ year: Int) throws {
        let start = try #require(SigningDate(basic: "\(year)0101T235959Z"))
        var spellings: Set<String> = []
        for day in 0..<1826 {
            let date = start.adding(seconds: Int64(day) * 86_400)
            if SigningDate(basic: date.basic) == date { spellings.insert(date.day) }
        }
        #expect(spellings.count == 1826)
        #expect(spellings.contains("\(year + 2)0229") == (year == 1998))
    }

    @Test(
        "texts that are no basic date",
        arguments: [
            "", "20250102", "20250102T030405", "20250102t030405Z", "20250102T030405z", "2025-01-02T03:04:05Z",
            "20250229T000000Z", "20250431T000000Z", "20251301T000000Z", "20250001T000000Z", "20250100T000000Z",
            "20250102T240000Z", "20250102T006000Z", "20250102T000060Z", "+0250102T030405Z", "２0250102T030405Z",
            " 20250102T030405Z",
        ]
    )
    func notBasic(_ text: String) {
        #expect(SigningDate(basic: text) == nil)
    }

    @Test(
        "texts that are no HTTP date",
        arguments: [
            "", "Thu, 24 May 2013 00:00:00 GMT", "Fri, 24 May 2013 00:00:00 UTC", "Fri, 24 Mai 2013 00:00:00 GMT",
            "Fri, 24 May 2013 24:00:00 GMT", "Fri, 32 May 2013 00:00:00 GMT", "Fri 24 May 2013 00:00:00 GMT ",
            "Friday, 24-May-13 00:00:00 GMT", "Fri May 24 00:00:00 2013", "Fri, 24 May 2013 00.00.00 GMT",
        ]
    )
    func notHTTP(_ text: String) {
        #expect(SigningDate(httpDate: text) == nil)
    }

    @Test("moments beyond four year digits are moved to the nearest that has them")
    func ends() {
        #expect(SigningDate(secondsSince1970: .min).iso8601 == "0000-01-01T00:00:00Z")
        #expect(SigningDate(secondsSince1970: .max).iso8601 == "9999-12-31T23:59:59Z")
        #expect(SigningDate.example.adding(seconds: .max).iso8601 == "9999-12-31T23:59:59Z")
        #expect(SigningDate.example.adding(seconds: .min).iso8601 == "0000-01-01T00:00:00Z")
        #expect(SigningDate(secondsSince1970: 1) < SigningDate(secondsSince1970: 2))
    }
}
