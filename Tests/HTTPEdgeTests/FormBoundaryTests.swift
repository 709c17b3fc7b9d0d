import Testing

@testable import HTTPEdge

@Suite("The boundary of a form")
struct FormBoundaryTests {
    @Test(
        "the parameter is read, quoted or not, wherever it stands",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;Boundary=\"a b;c\"; x=y", "a b"),
            ("multipart/form-data; charset=utf-8; boundary=abc ", "abc"), ("multipart/form-data", ""),
            ("multipart/form-data; boundary=", ""), (" multipart/form-data ;boundary=a=b", "a=b"),
        ]
    )
    func boundary(contentType: String, boundary: String) {
        #expect(FormBoundary.of(contentType) == boundary)
    }

    @Test(
        "other types have none",
        arguments: ["", "text/plain", "multipart/form-dataX; boundary=a", "multipart/mixed"]
    )
    func otherTypes(contentType: String) {
        #expect(FormBoundary.of(contentType) == nil)
    }
}
