import Foundation
import GatehouseBase
import TestSupport
import Testing

@testable import GatehouseClerk

@Suite("Codes of authenticator applications")
struct TOTPTests {
    /// RFC 6238, appendix B, with the seeds of its errata 2866.
    static let vectors: [(Int64, TOTP.Algorithm, String)] = [
        (59, .sha1, "94287082"), (59, .sha256, "46119246"), (59, .sha512, "90693936"),
        (1_111_111_109, .sha1, "07081804"), (1_111_111_109, .sha256, "68084774"), (1_111_111_109, .sha512, "25091201"),
        (1_111_111_111, .sha1, "14050471"), (1_111_111_111, .sha256, "67062674"), (1_111_111_111, .sha512, "99943326"),
        (1_234_567_890, .sha1, "89005924"), (1_234_567_890, .sha256, "91819424"), (1_234_567_890, .sha512, "93441116"),
        (2_000_000_000, .sha1, "69279037"), (2_000_000_000, .sha256, "90698825"), (2_000_000_000, .sha512, "38618901"),
        (20_000_000_000, .sha1, "65353130"), (20_000_000_000, .sha256, "77737706"),
        (20_000_000_000, .sha512, "47863826"),
    ]

    @Test("the codes are those of RFC 6238", arguments: vectors)
    func codes(seconds: Int64, algorithm: TOTP.Algorithm, code: String) throws {
        let length =
            switch algorithm {
            case .sha1: 20;
            case .sha256: 32;
            case .sha512: 64
            }
        let digits = Array("1234567890".utf8)
        let secret = TOTPSecret(bytes: (0..<length).map { digits[$0 % 10] })
        let time = try #require(Timestamp(seconds: seconds))
        #expect(TOTP(algorithm: algorithm, digits: 8).code(of: secret, at: time) == code)
    }

    /// Debian: oathtool.
    static let hasOathtool: Bool = {
        if ProcessInfo.processInfo.environment["CI"] != nil { return true }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let isThere = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/oathtool") }
        if !isThere { print("skipped: apt-get install oathtool") }
        return isThere
    }()

    @Test(
        "oathtool makes the same codes of a fresh secret",
        .enabled(if: hasOathtool, "skipped: apt-get install oathtool"),
        arguments: TOTP.Algorithm.allCases,
        [(6, 30, Int64(0)), (8, 30, 1_800_000_000), (6, 60, 20_000_000_000), (7, 30, 1_234_567_890)]
    )
    func oathtool(algorithm: TOTP.Algorithm, shape: (digits: Int, period: Int, seconds: Int64)) async throws {
        let secret = try TOTPSecret.random()
        let oathtool = try await Program.run(
            [
                "oathtool", "--base32", "--totp=\(algorithm)", "--digits=\(shape.digits)",
                "--time-step-size=\(shape.period)s", "--now=@\(shape.seconds)", "-",
            ],
            input: Array((secret.base32 + "\n").utf8)
        )
        try #require(oathtool.status == 0, "apt-get install oathtool: \(oathtool.errors)")
        let totp = TOTP(algorithm: algorithm, digits: shape.digits, period: shape.period)
        let time = try #require(Timestamp(seconds: shape.seconds))
        #expect(totp.code(of: secret, at: time) == oathtool.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    static let secret = TOTPSecret(bytes: Array("12345678901234567890".utf8))
    static let now = Timestamp(seconds: 1_800_000_000) ?? .distantFuture

    @Test(
        "codes in the window are accepted, and no others",
        arguments: [(-61, false), (-30, true), (0, true), (30, true), (60, false)]
    )
    func window(offset: Int, isAccepted: Bool) throws {
        let totp = TOTP(clock: WallClock { Self.now })
        let code = try #require(totp.code(of: Self.secret, at: Self.now.advanced(by: .seconds(offset))))
        #expect(totp.accepts(code, of: Self.secret, for: "user_1") == isAccepted)
    }

    @Test("a code counts once for each user, and no earlier code counts after it")
    func replay() throws {
        let totp = TOTP(clock: WallClock { Self.now })
        let code = try #require(totp.code(of: Self.secret, at: Self.now))
        let older = try #require(totp.code(of: Self.secret, at: Self.now.advanced(by: .seconds(-30))))
        #expect(totp.accepts(code, of: Self.secret, for: "user_1"))
        #expect(!totp.accepts(code, of: Self.secret, for: "user_1"))
        #expect(!totp.accepts(older, of: Self.secret, for: "user_1"))
        #expect(totp.accepts(code, of: Self.secret, for: "user_2"))
    }

    @Test("a full memory refuses codes, and forgets those whose time is over")
    func capacity() throws {
        let clock = WallClock { Self.now }
        let totp = TOTP(capacity: 1, clock: clock)
        let code = try #require(totp.code(of: Self.secret, at: Self.now))
        #expect(totp.accepts(code, of: Self.secret, for: "user_1"))
        #expect(!totp.accepts(code, of: Self.secret, for: "user_2"))
    }

    @Test("a malformed code is wrong", arguments: ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345"])
    func malformed(code: String) {
        #expect(!TOTP(clock: WallClock { Self.now }).accepts(code, of: Self.secret, for: "user_1"))
    }

    /// RFC 4648, section 10.
    @Test(
        "base32 is that of RFC 4648",
        arguments: [
            ("", ""), ("f", "MY======"), ("fo", "MZXQ===="), ("foo", "MZXW6==="), ("foob", "MZXW6YQ="),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI======"),
        ]
    )
    func base32(text: String, encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded.filter { $0 != "=" })
        #expect(Base32.decode(encoded) == Array(text.utf8))
        #expect(Base32.decode(encoded.lowercased()) == Array(text.utf8))
    }

    @Test("malformed base32 is refused", arguments: ["M", "MZX", "MZXW6Y", "MZ=XQ", "M1", "MZ", "é", "MZXR"])
    func notBase32(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test("a secret is fresh, 160 bits long, read back, and not shown")
    func secret() throws {
        let secret = try TOTPSecret.random()
        #expect(secret.bytes.count == 20)
        #expect(secret != (try TOTPSecret.random()))
        #expect(TOTPSecret(base32: secret.base32.lowercased()) == secret)
        #expect(TOTPSecret(base32: "MZXW6YTBOI") == nil)
        var shown = "\(secret) \(String(reflecting: secret))"
        dump(secret, to: &shown)
        #expect(!shown.contains(secret.base32))
    }
}
