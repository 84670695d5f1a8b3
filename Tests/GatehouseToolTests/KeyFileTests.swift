#if Server
import Foundation
import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import TestSupport
import Testing

@Suite("gatehouse token verify reads its keys again when their file changes")
struct KeyFileTests {
    /// The tool, as it reads tokens from a pipe.
    final class Session {
        private let program: RunningProgram

        init(_ arguments: String...) throws {
            program = try RunningProgram([Tool.executable.path, "token", "verify"] + arguments, readsErrors: true)
        }

        /// The reason for refusing a token; `nil` for a good one.
        func reason(_ token: String) throws -> String? {
            try program.write(token)
            let line = try #require(program.output.next())
            return try JSONDocument(parsing: Array(line.utf8)).root.member("reason")?.string
        }

        /// Ends the input; what was printed to standard error, once the tool has ended.
        func end() throws -> String {
            try program.closeInput()
            let text = try #require(program.errors).rest()
            program.waitUntilExit()
            return text
        }
    }

    static let pairs = Result { try (old: KeyPair(id: "old"), new: KeyPair(id: "new")) }

    private static func token(_ pair: KeyPair) throws -> String {
        let now = try #require(Timestamp(seconds: WallClock.system.now().seconds))
        return try TokenMinter(keyPair: pair).clerkSession(ClerkClaims(), at: now, lifetime: .seconds(3_600))
    }

    @Test("a set of keys is replaced by the next good set, and by nothing worse")
    func jwks() async throws {
        let (old, new) = try Self.pairs.get()
        let (oldToken, newToken) = (try Self.token(old), try Self.token(new))
        let folder = try TemporaryFolder()
        let path = try folder.write(old.jwks.description, to: "jwks.json")
        let session = try Session("--jwks", path)
        #expect(try session.reason(oldToken) == nil)
        #expect(try session.reason(newToken) == "jwk-kid-mismatch")
        try folder.write(new.jwks.description, to: "jwks.json")
        #expect(try session.reason(oldToken) == "jwk-kid-mismatch")
        #expect(try session.reason(newToken) == nil)
        for worse in ["", #"{"keys":["#, #"{"keys":[]}"#, #"{"keys":[{"kty":"oct","k":"AAAA"}]}"#] {
            try folder.write(worse, to: "jwks.json")
            #expect(try session.reason(newToken) == nil)
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(try session.reason(newToken) == nil)
        try folder.write(KeyPair.jwks([old, new]).description, to: "jwks.json")
        #expect(try session.reason(oldToken) == nil)
        let errors = try session.end()
        #expect(errors.split(separator: "\n").count { $0.hasSuffix("the keys before stay") } == 4)
        #expect(!errors.contains(newToken))
    }

    @Test("a link to a replaced folder, as secrets are mounted, gives the new keys")
    func link() async throws {
        let (old, new) = try Self.pairs.get()
        let folder = try TemporaryFolder()
        let files = FileManager.default
        for (name, pair) in [("1", old), ("2", new)] {
            let version = folder.url.appending(path: name)
            try files.createDirectory(at: version, withIntermediateDirectories: false)
            try Data(pair.jwks.utf8).write(to: version.appending(path: "jwks.json"))
        }
        let (current, path) = (folder.url.appending(path: "data").path, folder.url.appending(path: "jwks.json").path)
        try files.createSymbolicLink(atPath: current, withDestinationPath: "1")
        try files.createSymbolicLink(atPath: path, withDestinationPath: "data/jwks.json")
        let session = try Session("--jwks", path)
        #expect(try session.reason(try Self.token(old)) == nil)
        try files.removeItem(atPath: current)
        try files.createSymbolicLink(atPath: current, withDestinationPath: "2")
        #expect(try session.reason(try Self.token(new)) == nil)
        #expect(try session.end() == "")
    }

    @Test("a PEM file is read again when it changes")
    func pem() async throws {
        let (old, new) = try Self.pairs.get()
        let folder = try TemporaryFolder()
        let session = try Session("--pem", try folder.write(old.pem, to: "key.pem"))
        #expect(try session.reason(try Self.token(new)) == "token-invalid-signature")
        try folder.write(new.pem, to: "key.pem")
        #expect(try session.reason(try Self.token(new)) == nil)
        #expect(try session.end() == "")
    }
}
#endif
