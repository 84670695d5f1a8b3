import GatehouseHTTP
import Testing

@Suite("A bearer credential is one field, one scheme, one token")
struct BearerCredentialTests {
    @Test(
        "the field is read by bytes",
        arguments: [
            ("Bearer abc", "abc"),
            ("bearer abc", "abc"),
            ("BEARER a-._~+/9==", "a-._~+/9=="),
            ("Bearer", nil),
            ("Bearer ", nil),
            ("Bearer  abc", "abc"),
            ("bearer    abc==", "abc=="),
            ("Bearer   ", nil),
            ("Bearer \tabc", nil),
            ("Bearer\t abc", nil),
            ("Bearer  abc def", nil),
            ("Bearer\tabc", nil),
            ("Bearer abc def", nil),
            ("Bearer abc, Bearer def", nil),
            ("Bearer abc=d", nil),
            ("Bearer ==", nil),
            ("Bearer \"abc\"", nil),
            ("Bearer äbc", nil),
            ("Bearerabc", nil),
            ("Bearer\u{A0}abc", nil),
            ("\u{212A}earer abc", nil),
            ("Basic dXNlcjpwYXNz", nil),
            ("abc", nil),
            ("", nil),
        ] as [(String, String?)]
    )
    func field(value: String, token: String?) {
        let expected = token.map { BearerCredential.token($0) } ?? .malformed
        #expect(BearerCredential([.authorization: value]) == expected)
    }

    @Test("a request without the field has no credential")
    func absent() {
        #expect(BearerCredential([:]) == .absent)
        #expect(BearerCredential([.cookie: "__session=abc"]) == .absent)
    }

    @Test("two fields are malformed, even two equal ones")
    func twoFields() {
        #expect(BearerCredential([.authorization: "Bearer a", .authorization: "Bearer a"]) == .malformed)
    }
}
