#if Server
import Foundation
import GatehouseClerk
#if QRCode
import GatehouseQRCode
#endif

/// The places for the QR code of an enrolment: a new file, the terminal, both, or neither.
struct QRCodeOutput {
    private let file: String?
    private let isShown: Bool

    /// Makes an empty file that only its owner can read.
    ///
    /// - Throws: ``CommandFailure`` if the file exists or cannot be made, or if the trait is off.
    init(file: String?, isShown: Bool) throws(CommandFailure) {
        (self.file, self.isShown) = (file, isShown)
        guard file != nil || isShown else { return }
        #if QRCode
        guard let file else { return }
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("--svg: \(file): \(String(cString: strerror(errno)))")
        }
        close(descriptor)
        #else
        throw CommandFailure("--svg and --qr need the trait QRCode: this tool was built without it.")
        #endif
    }

    /// Enrolls the user, and draws the code. If the enrolment fails, the file is deleted.
    func filled(
        _ enroll: () async throws(ClerkError) -> ClerkFactors.Enrollment
    ) async throws -> ClerkFactors.Enrollment {
        do {
            let enrolled = try await enroll()
            #if QRCode
            if file != nil || isShown { try draw(try QRCode(enrolled.uri)) }
            #endif
            return enrolled
        } catch {
            if let file { try? FileManager.default.removeItem(atPath: file) }
            throw error
        }
    }

    #if QRCode
    private func draw(_ code: QRCode) throws {
        if let file {
            let handle = try FileHandle(forWritingTo: URL(filePath: file))
            try handle.write(contentsOf: Data(code.svg.utf8))
            try handle.close()
        }
        if isShown { FileHandle.standardError.write(Data(code.terminalText.utf8)) }
    }
    #endif
}
#endif
