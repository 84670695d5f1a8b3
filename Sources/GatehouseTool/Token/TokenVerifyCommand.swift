#if Server
import ArgumentParser
import Gatehouse
import GatehouseClerk
import GatehouseTokens

/// The command `gatehouse token verify`.
struct TokenVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies tokens of Clerk, one a line of standard input.",
        discussion: """
            Each answer is a line of JSON: what the token says, or why it is refused. Exits with 0 where every token is \
            good; 1 where one is not, or the keys at an address cannot be loaded, which answers every line; 2 where a key \
            file cannot be read, or where there is no line at all. Keys that are not used are listed on standard error.

              gatehouse token verify --jwks https://clerk.example.com/.well-known/jwks.json <tokens.txt
            """
    )

    @Option(
        help: ArgumentHelp("A JWK Set: a file, or an https address.", valueName: "file-or-url"),
        completion: .file()
    )
    var jwks: String?

    @Option(
        help: ArgumentHelp("A public key in PEM; tokens' `kid` is not compared.", valueName: "file"),
        completion: .file()
    )
    var pem: String?

    @Option(help: "One token, instead of those on standard input.")
    var token: String?

    @Option(help: "What `iss` must be.")
    var issuer: String?

    @Option(help: "What `azp` may be (repeatable).")
    var authorizedParty: [String] = []

    @Option(help: "What `aud` must contain one of (repeatable).")
    var audience: [String] = []

    @Option(help: ArgumentHelp("By how much clocks may differ.", valueName: "seconds"), transform: Self.seconds)
    var clockSkew: Double = 5

    @Option(
        help: "A signature algorithm that is accepted (repeatable; default RS256).",
        transform: SignatureAlgorithm.named
    )
    var algorithm: [SignatureAlgorithm] = [.rs256]

    @Option(help: "The time to verify at: RFC 3339 or Unix seconds; default now.")
    var at: TimeOption?

    @Option(help: "The kind of token: session, m2m, oauth or any.")
    var type: TokenType = .session

    func validate() throws {
        guard (jwks == nil) != (pem == nil) else { throw ValidationError("Give either --jwks or --pem.") }
    }

    private static func seconds(_ argument: String) throws -> Double {
        guard let seconds = Double(decimal: argument), seconds >= 0 else {
            throw ValidationError("--clock-skew is a finite number of seconds from 0.")
        }
        return seconds
    }

    func run() async throws {
        let keys = try KeyOption(jwks: jwks, pem: pem).load()
        let verifier = try TokenVerifier(keys: keys.source, configuration: verifierConfiguration, clock: clock)
        let failure = await keys.failure()
        var allValid = true
        if let token {
            allValid = try await answer(Array(token.utf8), verifier, failure)
        } else {
            var lines = LineReader(maximumBytes: Self.maximumLineBytes)
            var hasLine = false
            while let line = try lines.nextLine() {
                hasLine = true
                allValid = try await answer(line, verifier, failure) && allValid
            }
            guard hasLine else {
                throw CommandFailure("standard input: there is no token on it, not even an empty line")
            }
        }
        if !allValid { throw ExitStatus.no }
    }

    /// The largest number of bytes of a line. The limit is above the limit of a token, so that a longer token is refused as too long.
    private static let maximumLineBytes = 1 << 15

    /// Prints the claims of a token or the reason of its refusal. Returns true if the token is valid.
    private func answer(_ token: [UInt8], _ verifier: TokenVerifier, _ failure: TokenError?) async throws -> Bool {
        let verified: VerifiedToken
        do throws(TokenError) {
            if let failure { throw failure }
            // Bytes that are not UTF-8 are not base64url either, with or without repair.
            verified = try await verifier.verify(String(decoding: token, as: UTF8.self))
        } catch {
            try standardOutput(JSONValue(refusing: error).description)
            return false
        }
        try standardOutput(ClerkToken(verified).json.description)
        return true
    }
}

extension JSONValue {
    fileprivate init(refusing error: TokenError) {
        self = [
            "valid": false, "status": .number(JSONNumber(error.status)), "reason": .string(error.code.rawValue),
            "message": .string(error.message),
        ]
    }
}
#endif
