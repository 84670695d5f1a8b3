import GatehouseTesting
import Testing

@testable import GatehouseClerk

@Suite("No log shows an opaque token or its contents")
struct OpaqueTokenDescriptionTests {
    private func texts(_ value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(reflecting: value), dumped, "\([value])", String(reflecting: [value])]
    }

    @Test("a token is its id and its subject, bounded and escaped")
    func token() {
        let token = OpaqueToken(
            id: "mt_1",
            subject: "mch_1\n\u{202E}" + String(repeating: "a", count: 1_000),
            scopes: ["hidden"],
            claims: ["hidden": "hidden"]
        )
        for text in texts(token) {
            #expect(text.contains("mt_1") && text.contains(#"mch_1\u{a}\u{202e}aaa"#))
            #expect(!text.contains("hidden") && text.utf8.count < 500)
        }
    }

    @Test("an error is its code and its message, bounded and escaped")
    func error() {
        let error = OpaqueTokenError(.init(rawValue: "no\r\n"), "why\u{1B}[2J" + String(repeating: "a", count: 10_000))
        for text in texts(error) {
            #expect(text.contains(#"no\u{d}\u{a}"#) && text.contains(#"why\u{1b}[2J"#))
            #expect(!text.unicodeScalars.contains { $0 == "\r" || $0 == "\u{1B}" } && text.utf8.count < 2_000)
        }
    }

    @Test("an issuer's error is bounded and escaped where an operator reads it, and never has the token in it")
    func unavailable() async throws {
        for (error, code, message) in [
            (OpaqueTokenError(.init(rawValue: "a\nb"), "c\nd"), #"a\u{a}b"#, #"c\u{a}d"#),
            (OpaqueTokenError(.unexpected, "mt_secret is bad"), "unexpected-error", "the message had the token in it"),
            (OpaqueTokenError(.init(rawValue: "mt_secret"), ""), "unexpected-error", ""),
            (
                OpaqueTokenError(.unexpected, String(repeating: "a", count: 300)), "unexpected-error",
                String(repeating: "a", count: 256) + "…"
            ),
        ] {
            let outcome = try await Outcome(
                of: [.authorization: "Bearer mt_secret"],
                OpaqueTokenTests.all,
                opaqueTokens: ScriptedIssuer { _ in .failure(error) }
            )
            guard case .unavailable(code, message, nil) = outcome.authentication else {
                Issue.record("\(outcome.authentication)")
                continue
            }
        }
    }
}
