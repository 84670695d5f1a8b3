#if Server
import Foundation
import Gatehouse
import GatehouseTesting
import GatehouseTokens
import SharedVectors
import TestSupport
import Testing

@Suite("gatehouse token verify")
struct TokenVerifyTests {
    private static let vectors = "clerk/jwt-verify-cases.json"

    @Test(
        "every case of Clerk's SDK has its result",
        SharedVectors.trait,
        arguments: SharedVectors.rows(vectors, "cases")
    )
    func clerkCase(row: SharedVectors.Row) async throws {
        let keys = try #require(SharedVectors.json(Self.vectors)?.member("keys"))
        let folder = try TemporaryFolder()
        let keyName = try #require(row["key"]?.string)
        let key = try #require(keys.member(keyName))
        var arguments = ["token", "verify", "--at", try #require(row["now_ms"]?.seconds)]
        if keyName == "jwk" {
            arguments += [
                "--jwks",
                try folder.write(
                    JSONValue.object([JSONMember("keys", .array([JSONValue(key)]))]).description,
                    to: "jwks"
                ),
            ]
        } else {
            arguments += ["--pem", try folder.write(try #require(key.string), to: "pem")]
        }
        let options = row["options"]
        for party in options?["authorizedParties"]?.strings ?? [] { arguments += ["--authorized-party", party] }
        for audience in options?["audience"]?.strings ?? [] { arguments += ["--audience", audience] }
        // NaN falls back to the default in Clerk's SDK; the tool refuses it, so that the case runs without.
        if let skew = options?["clockSkewInMs"]?.seconds { arguments += ["--clock-skew", skew] }
        let token = try #require(row["token"]?.string)
        arguments += ["--type", Self.kind(options, token)]

        let result = try await Tool.run(arguments, input: Array("\(token)\n".utf8))
        let answer = try JSONValue(JSONDocument(parsing: Array(#require(result.lines.first).utf8)).root)
        #expect(answer["valid"] == row["expect"]?["ok"])
        #expect(answer["reason"] == row["expect"]?["reason"])
        #expect(result.status == (answer["valid"] == true ? 0 : 1))
        if let claims = row["expect"]?["claims"] {
            #expect(answer["subject"] == claims["sub"])
            #expect(answer["session"] == claims["sid"] ?? .null)
        } else {
            #expect(!result.output.contains(token) || token.isEmpty)
        }
    }

    /// `headerType` naming `at+jwt` asks for an OAuth token, a subject `mch_…` for a machine's.
    private static func kind(_ options: JSONValue?, _ token: String) -> String {
        if options?["headerType"]?.strings.contains(where: { $0.contains("at+jwt") }) == true { return "oauth" }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(String(parts[1])),
            let claims = try? JSONDocument(parsing: payload).root
        else { return "session" }
        return claims.member("sub")?.string?.hasPrefix("mch_") == true ? "m2m" : "session"
    }

    @Test("each line of input is a token: the last newline starts none, and a CR belongs to its token")
    func lines() async throws {
        let (keys, token, _) = try Self.fixture()
        let input = "\(token)\n\n\(token)\r\n\(token)"
        let result = try await Tool.run("token", "verify", "--jwks", keys, input: input)
        let valid = try result.lines.map { try JSONDocument(parsing: Array($0.utf8)).root.member("valid")?.bool }
        #expect(valid == [true, false, false, true])
        #expect(result.status == 1)
        #expect(try await Tool.run("token", "verify", "--jwks", keys, "--token", token).status == 0)
        #expect(try await Tool.run("token", "verify", "--jwks", keys, input: "\n").lines.count == 1)
        #expect(try await Tool.run("token", "verify", "--jwks", keys, "--token", "").lines.count == 1)
    }

    @Test("an input without lines has no answer, and exits with 2 and the reason")
    func empty() async throws {
        let (keys, _, _) = try Self.fixture()
        for source in [keys, "http://127.0.0.1:9/jwks"] {
            let result = try await Tool.run("token", "verify", "--jwks", source)
            #expect(result.status == 2)
            #expect(result.output.isEmpty)
            #expect(result.errors.contains("standard input"))
        }
    }

    @Test("the help says the exit codes for keys at an address")
    func help() async throws {
        let help = try await Tool.run("token", "verify", "--help").output.split { $0 == " " || $0 == "\n" }
            .joined(separator: " ")
        #expect(help.contains("1 where one is not, or the keys at an address cannot be loaded"))
        #expect(help.contains("2 where a key file cannot be read, or where there is no line at all"))
    }

    @Test("unused keys stand on standard error, once, with id and reason")
    func refusedKeys() async throws {
        let (_, token, _) = try Self.fixture()
        let pair = try Self.keyPair.get()
        let weak = pair.jwk.replacing(["kid": "weak\u{1B}[2J", "use": "enc"])
        let folder = try TemporaryFolder()
        let path = try folder.write(JSONValue.object([JSONMember("keys", [pair.jwk, weak])]).description, to: "jwks")
        let result = try await Tool.run("token", "verify", "--jwks", path, input: "\(token)\n\(token)\n")
        #expect(result.errors == "\(path): not used: key 1 “weak\\u{1b}[2J”: \"use\" is not \"sig\"\n")
        #expect(result.lines.count == 2)
        #expect(result.status == 0)
        let pem = try folder.write(try KeyPair(bits: 1_024).pem, to: "pem")
        let weakResult = try await Tool.run("token", "verify", "--pem", pem, input: token)
        #expect(weakResult.errors.hasPrefix("\(pem): not used: key 0: the RSA modulus has 1024 bits"))
        #expect(weakResult.lines.first?.contains("jwk-kid-mismatch") == true)
        #expect(weakResult.lines.first?.contains("1024 bits") == true)
    }

    @Test("a valid token prints its members in the order of the contract")
    func members() async throws {
        let (keys, token, expiry) = try Self.fixture()
        let result = try await Tool.run("token", "verify", "--jwks", keys, input: token)
        #expect(
            result.output == """
                {"valid":true,"subject":"user_1","session":"sess_1","organization":{"id":"org_1","slug":"acme",\
                "role":"org:admin","permissions":["org:invoices:read"]},"features":["o:invoices"],"plans":["o:pro"],\
                "actor":null,"factorAges":[3,-1],"status":"active","expiresAt":"\(expiry)"}

                """
        )
    }

    @Test(
        "a command that cannot be carried out exits with 2, says why, and answers nothing",
        arguments: [
            [], ["--jwks", "a", "--pem", "b"], ["--jwks", "/nonexistent"], ["--pem", "/dev/null"],
            ["--jwks", "/dev/null"],
            ["--jwks", "http://example.com/jwks.json"], ["--jwks", "http://127.0.0.1:99999/x"],
            ["--jwks", "http://[::1]:99999/x"], ["--jwks", "/"], ["--jwks", "KEYS", "--at", "0x10"],
            ["--jwks", "KEYS", "--clock-skew", "0x10"], ["--jwks", "KEYS", "--clock-skew", "nan"],
            ["--jwks", "KEYS", "--clock-skew", "inf"], ["--jwks", "KEYS", "--clock-skew=-1"],
            ["--jwks", "KEYS", "--algorithm", "none"], ["--jwks", "KEYS", "--algorithm", "HS256"],
            ["--jwks", "KEYS", "--algorithm", "rs256"], ["--jwks", "KEYS", "--algorithm", "Ed25519"],
            ["--jwks", "KEYS", "--type", "sessions"], ["--jwks", "KEYS", "--at", "yesterday"],
            ["--jwks", "KEYS", "--unknown"],
        ]
    )
    func usage(options: [String]) async throws {
        let (keys, token, _) = try Self.fixture()
        let arguments = ["token", "verify"] + options.map { $0 == "KEYS" ? keys : $0 }
        let result = try await Tool.run(arguments, input: Array(token.utf8))
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(!result.errors.isEmpty)
    }

    @Test(
        "a token of any algorithm is good where that algorithm is named, with a JWK Set and with PEM",
        arguments: SignatureAlgorithm.allCases
    )
    func algorithms(algorithm: SignatureAlgorithm) async throws {
        let pair = try KeyPair(algorithm: algorithm)
        let folder = try TemporaryFolder()
        let sources = [
            ["--jwks", try folder.write(pair.jwks.description, to: "jwks")],
            ["--pem", try folder.write(pair.pem, to: "pem")],
        ]
        let token = try TokenMinter(keyPair: pair).clerkSession(ClerkClaims(), at: WallClock.system.now())
        let other: SignatureAlgorithm = algorithm == .rs256 ? .ps256 : .rs256
        for source in sources {
            let named =
                ["token", "verify"] + source + ["--algorithm", other.rawValue, "--algorithm", algorithm.rawValue]
            #expect(try await Tool.run(named, input: Array(token.utf8)).status == 0)
            let result = try await Tool.run(
                ["token", "verify"] + source + ["--algorithm", other.rawValue],
                input: Array(token.utf8)
            )
            #expect(result.status == 1)
            #expect(result.lines.first?.contains("token-invalid-algorithm") == true)
        }
    }

    @Test(
        "a token may live for any time, and need not say since when",
        arguments: [["exp": 99_999_999_999], ["iat": nil]] as [JSONValue]
    )
    func anyLifetime(changes: JSONValue) async throws {
        let (keys, _, _) = try Self.fixture()
        let claims = TokenMinter.claims(subject: "user_1", at: WallClock.system.now(), adding: changes)
        let token = try TokenMinter(keyPair: try Self.keyPair.get()).token(claims: claims)
        #expect(try await Tool.run("token", "verify", "--jwks", keys, input: token).status == 0)
    }

    @Test("keys that cannot be loaded from an address answer every line alike, garbage too")
    func unreachableKeys() async throws {
        let (_, token, _) = try Self.fixture()
        // Port 9 of loopback: nothing listens there.
        let result = try await Tool.run(
            "token",
            "verify",
            "--jwks",
            "http://127.0.0.1:9/jwks",
            input: "\(token)\ngarbage\n\n"
        )
        #expect(result.lines.count == 3)
        for line in result.lines {
            let answer = try JSONDocument(parsing: Array(line.utf8)).root
            #expect(answer.member("reason")?.string == "jwk-remote-failed-to-load")
            #expect(answer.member("status")?.double == 503)
        }
        #expect(result.status == 1)
    }

    // MARK: Fixture

    private static let folder = Result { try TemporaryFolder() }
    private static let keyPair = Result { try KeyPair() }

    private static func fixture() throws -> (keys: String, token: String, expiry: Timestamp) {
        let keyPair = try keyPair.get()
        var claims = ClerkClaims(
            organization: ClerkClaims.Organization(
                "org_1",
                slug: "acme",
                role: "admin",
                permissions: [("invoices", ["read"])]
            )
        )
        claims.plans = ["o:pro"]
        claims.factorAges = [3, -1]
        claims.status = "active"
        let now = try #require(Timestamp(seconds: WallClock.system.now().seconds))
        let token = try TokenMinter(keyPair: keyPair).clerkSession(claims, at: now)
        let keys = try folder.get().write(keyPair.jwks.description, to: "jwks-\(UUID().uuidString).json")
        return (keys, token, now.advanced(by: .seconds(60)))
    }
}

extension JSONValue {
    /// The string, or the strings of an array.
    fileprivate var strings: [String] {
        if case .array(let elements) = self { return elements.compactMap(\.string) }
        return string.map { [$0] } ?? []
    }

    /// Milliseconds as seconds.
    fileprivate var seconds: String? {
        guard case .number(let number) = self, let milliseconds = number.double else { return nil }
        return String(milliseconds / 1_000)
    }
}
#endif
