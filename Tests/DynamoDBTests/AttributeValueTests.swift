import DynamoDB
import Foundation
import Testing

@Suite("An attribute's value")
struct AttributeValueTests {
    @Test("is read as it was written, whatever its type")
    func roundTrip() throws {
        let values: [AttributeValue] = [
            .string(""), .string("ä \u{1F436} \"\\\n"), .number("-1.5E-10"), .integer(.max), .integer(.min),
            .binary([]), .binary([0, 255, 128]), .bool(true), .bool(false), .null, .list([]),
            .list([.null, .list([.string("x")])]), .map([:]), .map(["": .map(["a": .integer(1)])]),
            .stringSet(["a", "b"]), .numberSet(["1", "2.5"]), .binarySet([[1], [2, 3]]),
        ]
        for value in values {
            let text = try JSONEncoder().encode(value)
            #expect(try JSONDecoder().decode(AttributeValue.self, from: text) == value)
        }
    }

    @Test(
        "is refused when it is not exactly one",
        arguments: [
            "{}", "[]", "null", "1", #""S""#, #"{"S":1}"#, #"{"S":null}"#, #"{"N":1}"#, #"{"N":""}"#, #"{"N":"x"}"#,
            #"{"N":"1e"}"#, #"{"N":"0x10"}"#, #"{"N":"1.2.3"}"#, #"{"N":"NaN"}"#, #"{"N":" 1"}"#, #"{"N":"."}"#,
            #"{"B":"%%%"}"#, #"{"B":"QQ"}"#, #"{"BOOL":"true"}"#, #"{"NULL":false}"#, #"{"L":{}}"#, #"{"M":[]}"#,
            #"{"SS":[]}"#, #"{"SS":["a","a"]}"#, #"{"NS":["1","x"]}"#, #"{"BS":[1]}"#, #"{"S":"a","N":"1"}"#,
            #"{"X":"a"}"#, #"{"L":[{"S":"a"},{}]}"#, #"{"s":"a"}"#,
        ]
    )
    func hostile(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(AttributeValue.self, from: Data(text.utf8))
        }
    }

    @Test("is refused when it is nested deeper than DynamoDB allows, however deep", arguments: [40, 200, 20_000])
    func depth(levels: Int) {
        let text = String(repeating: #"{"L":["#, count: levels) + String(repeating: "]}", count: levels)
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(AttributeValue.self, from: Data(text.utf8))
        }
    }

    @Test("is a whole number only when it is spelled like one and fits")
    func integers() {
        #expect(AttributeValue.number("9223372036854775807").integer == .max)
        for text in ["9223372036854775808", "+1", "1.0", "1E3", ""] {
            #expect(AttributeValue.number(text).integer == nil)
        }
        #expect(AttributeValue.string("1").integer == nil)
    }
}
