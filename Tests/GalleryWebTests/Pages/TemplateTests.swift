import Hummingbird
import Testing

@testable import GalleryWeb

@Suite("Templates")
struct TemplateTests {
    private func render(
        _ text: String,
        _ fields: TemplateFields = [:],
        partials: [String: String] = [:]
    ) throws -> String {
        let sources = partials.merging(["page": text]) { $1 }.mapValues { Array($0.utf8) }
        return String(buffer: try TemplateReader(sources: sources).template("page").render(fields))
    }

    @Test(
        "text without tags stays as it is, byte for byte",
        arguments: ["", "a", "a\n\n  b\r\n", "{ { } }", "é\u{301}"]
    )
    func literal(text: String) throws {
        #expect(try Array(render(text).utf8) == Array(text.utf8))
    }

    @Test("a value is escaped by code point, whatever follows a mark")
    func escaping() throws {
        let text = try render("<p title=\"{{name}}\">", ["name": .text("\"\u{301}><\u{200D}img & 'x'\u{FE0F}>")])
        let expected = "<p title=\"&quot;\u{301}&gt;&lt;\u{200D}img &amp; &#39;x&#39;\u{FE0F}&gt;\">"
        #expect(Array(text.utf8) == Array(expected.utf8))
    }

    @Test("a value that looks like a tag is text")
    func valueWithTags() throws {
        #expect(try render("{{a}}", ["a": .text("{{a}}{{#b}}{{>page}}")]) == "{{a}}{{#b}}{{&gt;page}}")
    }

    @Test("there is nothing where a text is missing on purpose")
    func missingText() throws {
        #expect(try render("[{{a}}]", ["a": .text(nil)]) == "[]")
    }

    @Test(
        "a section is shown for a text, a set flag and each of a list; an inverted one otherwise",
        arguments: [
            (.text("x"), "+"), (.text(""), "+"), (.text(nil), "-"), (.flag(true), "+"), (.flag(false), "-"),
            (.list([]), "-"), (.list([[:], [:]]), "++"),
        ] as [(TemplateValue, String)]
    )
    func sections(value: TemplateValue, shown: String) throws {
        #expect(try render("{{#a}}+{{/a}}{{^a}}-{{/a}}", ["a": value]) == shown)
    }

    @Test("inside a list its own names come first, then those around it")
    func scopes() throws {
        let fields: TemplateFields = [
            "a": .text("outer"), "b": .text("around"), "list": .list([["a": .text("1")], ["a": .text("2")]]),
        ]
        #expect(try render("{{#list}}{{a}} {{b}}, {{/list}}{{a}}", fields) == "1 around, 2 around, outer")
    }

    @Test("a tag alone on its line takes the line with it")
    func standalone() throws {
        let page = "<ul>\n  {{#list}}\n  <li>{{a}}</li>\n\t{{/list}} \n</ul>\r\n{{^list}}\r\nnone\n{{/list}}"
        let fields: TemplateFields = ["list": .list([["a": .text("1")], ["a": .text("2")]])]
        #expect(try render(page, fields) == "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>\r\n")
    }

    @Test("a partial is indented as its tag is, and partials in it further")
    func partials() throws {
        let partials = ["outer": "<a>\n\n  {{>inner}}\n</a>\n", "inner": "<b>{{x}}</b>\n"]
        let page = try render("-\n  {{>outer}}\n[{{>inner}}]", ["x": .text("1\n2")], partials: partials)
        #expect(page == "-\n  <a>\n\n    <b>1\n2</b>\n  </a>\n[<b>1\n2</b>\n]")
    }

    @Test("a name that is not given is an error, in every place", arguments: ["{{a}}", "{{#a}}{{/a}}", "{{^a}}{{/a}}"])
    func unknownName(text: String) {
        #expect(throws: TemplateError.unknownName("a")) { try render(text, ["b": .text("x")]) }
    }

    @Test("a flag or a list is no text", arguments: [.flag(true), .list([])] as [TemplateValue])
    func noText(value: TemplateValue) {
        #expect(throws: TemplateError.noText("a")) { try render("{{a}}", ["a": value]) }
    }

    @Test(
        "tags that we do not have, also those that would not escape, keep a template from being read",
        arguments: [
            "{{{a}}}", "{{&a}}", "{{! note }}", "{{=<% %>=}}", "{{.}}", "{{a.b}}", "{{ a }}", "{{}}", "{{a", "{{a\n}}",
            "{{#}}", "{{%X}}", "{{a\u{301}}}",
        ]
    )
    func badTags(text: String) {
        #expect(throws: TemplateError.badTag(TemplateError.Place(template: "page", line: 2))) {
            try render("\n\(text)")
        }
    }

    @Test("sections have to end, in the order in which they began")
    func ends() {
        let place = TemplateError.Place(template: "page", line: 1)
        #expect(throws: TemplateError.endless("a", template: "page")) { try render("{{#a}}") }
        #expect(throws: TemplateError.strayEnd("a", place)) { try render("{{/a}}") }
        #expect(throws: TemplateError.strayEnd("a", place)) { try render("{{#a}}{{#b}}{{/a}}{{/b}}") }
    }

    @Test("partials that are not there, or go in a circle, keep a template from being read")
    func badPartials() {
        #expect(throws: TemplateError.noTemplate("b")) { try render("{{>b}}") }
        #expect(throws: TemplateError.circle(["page", "b", "page"])) {
            try render("{{>b}}", partials: ["b": "{{>page}}"])
        }
        #expect(throws: TemplateError.unreadable("page")) {
            try TemplateReader(sources: ["page": [0xFF]]).template("page")
        }
    }

    @Test("each embedded template can be read")
    func embedded() throws {
        for name in UIFiles.templates.keys {
            #expect(throws: Never.self) { try TemplateReader(sources: UIFiles.templates).template(name) }
        }
    }
}
