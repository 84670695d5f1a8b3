#if Server
import TestSupport
import Testing

@Suite("An option that takes one value is given once")
struct RepeatedOptionTests {
    static let token = ["token", "verify", "--jwks", "/dev/null"]

    @Test(
        "an option that is given twice is a usage error, also with equal values and in either form",
        arguments: [
            token + ["--issuer", "A", "--issuer", "B"], token + ["--issuer", "A", "--issuer=A"],
            token + ["--jwks", "/dev/null"], ["token", "verify", "--pem=a", "--pem=b"],
            token + ["--token", "a", "--token", "b"], token + ["--clock-skew", "1", "--clock-skew", "2"],
            token + ["--at", "1", "--at", "1"], token + ["--type", "any", "--audience", "x", "--type", "m2m"],
            ["policy", "check", "--policy", "a", "--policy", "b"],
            ["policy", "explain", "--policy", "a", "--policy", "b"],
            ["policy", "permissions", "--policy", "a", "--role", "r", "--policy", "b"],
            ["policy", "who-can", "--policy", "a", "--policy", "b", "a:b"],
            ["policy", "who-can", "--policy", "a", "--at", "1", "--at", "2", "a:b"],
            ["policy", "lint", "a", "--format", "text", "--format", "json"],
            ["policy", "matrix", "a", "--format", "text", "--format", "csv"],
            ["policy", "test", "a", "--min-coverage", "1", "--min-coverage", "2"],
        ]
    )
    func repeated(arguments: [String]) async throws {
        let result = try await Tool.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("takes one value, and is given more than once"))
    }

    @Test(
        "an option that may be repeated is accepted twice, and a value is no option",
        arguments: [
            token + ["--audience", "a", "--audience", "b", "--authorized-party", "a", "--authorized-party", "b"],
            token + ["--algorithm", "RS256", "--algorithm", "ES256", "--issuer", "-x", "--token=--issuer"],
        ]
    )
    func repeatable(arguments: [String]) async throws {
        let result = try await Tool.run(arguments)
        #expect(!result.errors.contains("more than once"))
    }
}
#endif
