import CAllocations
import Foundation
import GatehouseClerk
import GatehouseTesting

/// What good tokens that are made to be heavy take of the machine's memory, once every one was sent.
///
/// Whoever may choose claims of its own can get such tokens: 4,096 of each kind, full of small arrays.
enum RememberedMemory {
    /// 64 MB are promised.
    private static let ceiling = 64_000_000
    private static let tokens = 4_096

    private enum Attack: String, CaseIterable {
        /// Tokens of three kinds, each of which has its own memory.
        case clerkLong = "clerk-16384"
        case clerk = "clerk-4096"
        /// Tokens whose principals are remembered as well.
        case clerkShort = "clerk-short"
        /// One kind, whose principal has all claims.
        case jwtLong = "jwt-16384"
        case jwt = "jwt-4096"
        case jwtShort = "jwt-short"

        var isOfClerk: Bool { rawValue.hasPrefix("clerk") }

        /// How long each token is about.
        var byteCount: Int {
            switch self {
            case .clerkLong, .jwtLong: 16_384
            case .clerk, .jwt: 4_096
            case .clerkShort: 400
            case .jwtShort: 400
            }
        }
    }

    static func passes(_ name: String) async throws -> Bool {
        guard let attack = Attack(rawValue: name) else {
            print("usage: remembering", Attack.allCases.map(\.rawValue).joined(separator: " | "))
            return false
        }
        let pair = try KeyPair(id: "key-01", algorithm: .edDSA)
        let authorizer = Authorizer(engine: try PolicyEngine(CachedCheck.policy))
        let authenticator = try authenticator(attack, pair, authorizer.marks)
        func send(_ number: Int) async throws {
            for kind in attack.isOfClerk ? [ClerkTokenKind.session, .m2m, .oauth] : [.session] {
                let token = try token(kind, number, of: attack.byteCount, signedBy: pair)
                let fields: HTTPFields = [.authorization: "Bearer \(token)"]
                let request = AuthorizationRequest(method: .get, path: "/", headerFields: fields)
                guard case .authenticated(let principal) = await authenticator.authenticate(request) else {
                    throw WrongAnswer()
                }
                _ = try await authorizer.isAllowed("org:invoices:read", for: principal)
            }
        }
        try await send(0)
        let before = try residentBytes()
        for number in 1...tokens { try await send(number) }
        let after = try residentBytes()
        give_back_free_memory()
        let trimmed = try residentBytes()
        print(
            "Tokens of \(name): grown by",
            String(
                format: "%.1f MB, %.1f MB of them in use",
                Double(after - before) / 1e6,
                Double(trimmed - before) / 1e6
            )
        )
        return Gates.gate("remembering \(name): MB", Double(after - before) / 1e6, atMost: Double(ceiling) / 1e6)
    }

    private static func authenticator(
        _ attack: Attack,
        _ pair: KeyPair,
        _ marks: RevocationMarks
    ) throws -> any Authenticator {
        guard !attack.isOfClerk else {
            return try ClerkAuthenticator(
                keys: pair.keySet,
                configuration: .init(
                    maximumTokenLifetime: .seconds(86_400),
                    acceptedTokens: [.session, .m2m, .oauth],
                    algorithms: [.edDSA]
                ),
                marks: marks
            )
        }
        let verifier = try TokenVerifier(keys: pair.keySet, configuration: .init(algorithms: [.edDSA]))
        return JWTAuthenticator(verifier: verifier, marks: marks)
    }

    /// A token of about so many bytes, full of small arrays.
    private static func token(
        _ kind: ClerkTokenKind,
        _ number: Int,
        of byteCount: Int,
        signedBy pair: KeyPair
    ) throws -> String {
        let minter = TokenMinter(keyPair: pair)
        let header = JSONValue.object([
            JSONMember("alg", "EdDSA"), JSONMember("kid", .string(pair.id)),
            JSONMember("typ", kind == .oauth ? "at+jwt" : "JWT"),
        ])
        let now = Int(WallClock.system.now().seconds)
        let subject = (kind == .m2m ? "mch_" : "user_") + "\(number + 10_000)"
        var payload = #"{"iat":\#(now),"exp":\#(now + 60_000),"sub":"\#(subject)","x":[[]"#
        // Four characters carry three bytes; a signature of Ed25519 takes 86 characters.
        let room = (byteCount - 86 - 2) / 4 * 3 - header.utf8.count - 4
        while payload.utf8.count + 3 <= room { payload += ",[]" }
        payload += "]}"
        return try minter.token(payload: Array(payload.utf8), header: header.utf8)
    }

    /// The process's resident memory: the second number of proc(5)'s statm, in pages.
    private static func residentBytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { throw WrongAnswer() }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
