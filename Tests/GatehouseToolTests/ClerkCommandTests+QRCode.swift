#if Server && QRCode
import Foundation
import GatehouseBase
import TestSupport
import Testing

extension ClerkCommandTests {
    @Test("an enrolment draws its QR code into a new file that nobody else reads, and on the terminal")
    func qrCode() async throws {
        let fake = try FakeClerkProcess()
        let folder = try TemporaryFolder()
        let user = try #require(
            try await fake.object("users", "create", "--email-address", "ada@example.com")["id"]?.string
        )
        let file = folder.url.appending(path: "code.svg").path
        let enrolled = try await fake.run("totp", "enroll", user, "--issuer", "Acme", "--svg", file, "--qr")
        #expect(enrolled.status == 0)
        #expect(enrolled.lines.count == 1)
        #expect(enrolled.errors.contains("▀") && !enrolled.errors.contains("otpauth"))
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("<svg"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // A file that is there stays, and so does the secret that the user has.
        let again = try await fake.run("totp", "enroll", user, "--svg", file)
        #expect(again.status == 2)
        #expect(again.errors.contains("File exists"))
        let nobody = folder.url.appending(path: "nobody.svg").path
        #expect(try await fake.run("totp", "enroll", "user_nobody", "--svg", nobody).status == 1)
        #expect(!FileManager.default.fileExists(atPath: nobody))
    }
}
#endif
