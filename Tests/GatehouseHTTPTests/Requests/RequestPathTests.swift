import GatehouseHTTP
import Testing

@Suite("A path that two parsers could read differently is refused")
struct RequestPathTests {
    @Test(
        "a path of one reading is taken",
        arguments: [
            "/", "/a", "/a/", "/a/b.c", "/a/...", "/caf%C3%A9", "/a%20b", "/a%40b", "/@me", "/a+b", "/%22", "/a%3Fb",
            "/a*", "/~a/-_.!$&'()*+,=:@",
        ]
    )
    func taken(path: String) throws {
        #expect(try RequestPath(path).text == path)
    }

    @Test(
        "a path of two readings is refused",
        arguments: [
            ("", "no-leading-slash"), ("*", "no-leading-slash"), ("http://host/a", "no-leading-slash"),
            ("//", "empty-segment"), ("/a//b", "empty-segment"), ("/a//", "empty-segment"), ("//a", "empty-segment"),
            ("/.", "dot-segment"), ("/..", "dot-segment"), ("/a/./b", "dot-segment"), ("/a/../b", "dot-segment"),
            ("/%2e", "invalid-encoding"), ("/%2E%2E", "needless-encoding"), ("/.%2E/a", "needless-encoding"),
            ("/a;b=c/d", "invalid-character"), ("/a%3Bb", "encoded-delimiter"), ("/a\\b", "invalid-character"),
            ("/a%5Cb", "encoded-delimiter"), ("/a%2Fb", "encoded-delimiter"), ("/a%2fb", "invalid-encoding"),
            ("/a%252Fb", "encoded-delimiter"), ("/a%25", "encoded-delimiter"), ("/%61dmin", "needless-encoding"),
            ("/a%7Eb", "needless-encoding"), ("/a%", "invalid-encoding"), ("/a%4", "invalid-encoding"),
            ("/a%zz", "invalid-encoding"), ("/caf%c3%a9", "invalid-encoding"), ("/%FF", "invalid-encoding"),
            ("/%C0%AF", "invalid-encoding"), ("/%ED%A0%80", "invalid-encoding"), ("/a%00", "control-character"),
            ("/a\u{0}", "control-character"), ("/a\r\nb", "control-character"), ("/a%0D%0A", "control-character"),
            ("/a\t", "control-character"), ("/a\u{7f}", "control-character"), ("/a%7F", "control-character"),
            ("/a%C2%85", "control-character"), ("/a%E2%80%A8", "control-character"), ("/a b", "invalid-character"),
            ("/caf\u{e9}", "invalid-character"), ("/a#b", "invalid-character"), ("/a|b", "invalid-character"),
            ("/a[b]", "invalid-character"), ("/{a}", "invalid-character"),
        ]
    )
    func refused(path: String, code: String) {
        let error = #expect(throws: RequestPathError.self) { try RequestPath(path) }
        #expect(error?.code.rawValue == code)
        #expect(error?.description.hasPrefix("the path could be read in two ways: at byte ") == true)
        #expect(error?.description.hasSuffix(" [\(code)]") == true)
    }

    @Test("a path without its slash is refused at its start, and a bad byte at its own place")
    func places() {
        #expect(#expect(throws: RequestPathError.self) { try RequestPath("a") }?.offset == 0)
        #expect(#expect(throws: RequestPathError.self) { try RequestPath("/ab/c%2Fd") }?.offset == 5)
        #expect(#expect(throws: RequestPathError.self) { try RequestPath("/ab//") }?.offset == 4)
    }
}
