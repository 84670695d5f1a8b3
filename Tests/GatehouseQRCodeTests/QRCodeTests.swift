#if QRCode
import Foundation
import Testing

@testable import GatehouseQRCode

@Suite("QR codes")
struct QRCodeTests {
    static let uri =
        "otpauth://totp/Acme%20%26%20Co:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme%20%26%20Co&algorithm=SHA1&digits=6&period=30"

    @Test(
        "zbarimg reads the written text from the SVG, letter by letter",
        .enabled(if: Reader.isThere, Reader.missing),
        arguments: [uri, "a", "lower and UPPER 0123", String(repeating: "otp", count: 300)],
        QRCode.ErrorCorrection.allCases
    )
    func svg(text: String, correction: QRCode.ErrorCorrection) async throws {
        let code = try QRCode(text, errorCorrection: correction)
        #expect(try await Reader.read(svg: code.svg) == text)
    }

    @Test("zbarimg reads the written text from the terminal's blocks", .enabled(if: Reader.isThere, Reader.missing))
    func terminal() async throws {
        let lines = try QRCode(Self.uri).terminalText.split(separator: "\n")
        let rows = try lines.flatMap { line -> [[Bool]] in
            #expect(line.hasPrefix("\u{1B}[30;107m") && line.hasSuffix("\u{1B}[0m"))
            let blocks = line.dropFirst("\u{1B}[30;107m".count).dropLast("\u{1B}[0m".count)
            let pairs = try blocks.map {
                try #require([" ": (false, false), "▀": (true, false), "▄": (false, true), "█": (true, true)][$0])
            }
            return [pairs.map(\.0), pairs.map(\.1)]
        }
        #expect(Set(rows.map(\.count)).count == 1)
        #expect(try await Reader.read(rows: rows) == Self.uri)
    }

    @Test("a text with a NUL is not cut at the NUL")
    func nul() throws {
        let long = try QRCode("a\0" + String(repeating: "b", count: 200))
        #expect(long.version > (try QRCode("a").version))
    }

    @Test("a code's size follows from the version of its text", arguments: [(1, 1), (60, 4), (200, 10), (2_331, 40)])
    func size(count: Int, version: Int) throws {
        let code = try QRCode(String(repeating: "x", count: count))
        #expect(code.version == version)
        #expect(code.size == 17 + 4 * version)
        #expect(code.modules.count == code.size * code.size)
        // The finder patterns stand in three corners.
        #expect(code.isDark(row: 0, column: 0) && code.isDark(row: 0, column: code.size - 1))
        #expect(code.isDark(row: code.size - 1, column: 0))
        #expect(!code.isDark(row: -1, column: 0) && !code.isDark(row: 0, column: code.size))
    }

    @Test(
        "an empty text and a text that is too long are refused",
        arguments: [("", QRCodeError.Code.noText), (String(repeating: "x", count: 2_332), .tooLong)]
    )
    func refused(text: String, code: QRCodeError.Code) {
        #expect { try QRCode(text) } throws: { ($0 as? QRCodeError)?.code == code }
    }

    @Test("the page's code is this test's, line by line")
    func page() throws {
        let uri = "text"
        let code = try QRCode(uri)
        let page = code.svg
        print(code.terminalText)
        #expect(page.contains("<svg"))
        let here = URL(filePath: #filePath)
        let file = here.appending(path: "../../../Sources/GatehouseQRCode/GatehouseQRCode.docc/GatehouseQRCode.md")
            .standardized
        let block = try #require(
            try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst().first
        )
        let own = try String(contentsOf: here, encoding: .utf8)
        for line in block.components(separatedBy: "```")[0].split(separator: "\n") {
            #expect(own.contains("        \(line)\n"))
        }
    }

    @Test("no way to print a code shows its text")
    func secrecy() throws {
        let code = try QRCode(Self.uri)
        var shown = "\(code) \(String(reflecting: code))"
        dump(code, to: &shown)
        #expect(!shown.contains("otpauth") && !shown.contains("█") && shown.utf8.count < 400)
    }
}
#endif
