#if Curl
import CCurl
import GatehouseTokens
import HTTPTypes

/// A request under way, with libcurl's handle and the parts of the answer that came so far. Only the thread of a ``TransferLoop`` uses a
/// transfer.
final class Transfer {
    typealias Outcome = Result<HTTPTransportResponse, HTTPTransportError>

    let job: TransferLoop.Job
    let handle: UnsafeMutableRawPointer
    /// The reason why the request cannot be sent; `nil` if the request can be sent.
    private(set) var failure: HTTPTransportError?
    private var requestFields: UnsafeMutablePointer<curl_slist>?
    private var answer = TransferAnswer()

    /// Makes a transfer; `nil` if libcurl has no memory for a handle.
    init?(_ job: TransferLoop.Job) {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        self.job = job
        answer.limit = job.request.maximumResponseByteCount
        failure = configure()
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(requestFields)
    }

    /// Hands the transfer to libcurl, and returns the error if that failed.
    func add(to multi: UnsafeMutableRawPointer) -> HTTPTransportError? {
        curl_multi_add_handle(multi, handle) == CURLM_OK
            ? nil : HTTPTransportError(.connectionFailed, "libcurl did not take the request")
    }

    /// Takes the transfer back from libcurl, even if it has not ended.
    func remove(from multi: UnsafeMutableRawPointer) {
        curl_multi_remove_handle(multi, handle)
    }

    /// Returns the answer, or the error that belongs to the code with which libcurl ended the transfer.
    func outcome(_ code: CURLcode) -> Outcome {
        if answer.isTooLarge {
            return .failure(HTTPTransportError(.responseTooLarge, "the answer is larger than was asked for"))
        }
        guard code == CURLE_OK else {
            // libcurl itself tries again after a kept connection was dead, so that the last failure alone says too little.
            var sentBytes = 0
            let isKnown = gatehouse_curl_get_long(handle, CURLINFO_REQUEST_SIZE, &sentBytes) == CURLE_OK
            return .failure(HTTPTransportError(code, hasSent: !isKnown || sentBytes > 0))
        }
        var status = 0
        gatehouse_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        guard (100...999).contains(status) else {
            return .failure(HTTPTransportError(.connectionFailed, "the connection failed: the answer has no status"))
        }
        return .success(
            HTTPTransportResponse(
                status: .init(code: status),
                headerFields: answer.fields,
                body: answer.body
            )
        )
    }

    private func configure() -> HTTPTransportError? {
        let request = job.request
        let remaining = ContinuousClock.now.duration(to: job.deadline)
        guard remaining > .zero else { return HTTPTransportError(.deadlineExceeded, "no whole answer came in time") }
        guard addFields(of: request) else {
            return HTTPTransportError(.invalidRequest, "libcurl did not take the request's fields")
        }
        // The loop keeps a transfer for as long as its handle works.
        let context = Unmanaged.passUnretained(self).toOpaque()
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_FOLLOWLOCATION, 0),
            (CURLOPT_PATH_AS_IS, 1),
            (CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
            (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            (CURLOPT_TIMEOUT_MS, remaining.roundedUpMilliseconds),
            (CURLOPT_CONNECTTIMEOUT_MS, remaining.roundedUpMilliseconds),
        ]
        let texts: [(CURLoption, String)] = [
            (CURLOPT_URL, request.url),
            (CURLOPT_PROTOCOLS_STR, "http,https"),
            (CURLOPT_PROXY, job.configuration.proxy ?? ""),
            (CURLOPT_NOPROXY, ""),
            (CURLOPT_CUSTOMREQUEST, request.method.rawValue),
        ]
        var codes = numbers.map { gatehouse_curl_set_long(handle, $0, $1) }
        codes += texts.map { gatehouse_curl_set_string(handle, $0, $1) }
        codes.append(gatehouse_curl_never_wait_for_resolver(handle))
        if let file = job.configuration.trustedCertificates {
            codes.append(gatehouse_curl_set_string(handle, CURLOPT_CAINFO, file))
        }
        // If a kept connection dies, libcurl sends any request once more, even a request whose repetition does harm.
        if ![.get, .head, .put, .options].contains(request.method) {
            codes.append(gatehouse_curl_set_long(handle, CURLOPT_FRESH_CONNECT, 1))
        }
        codes.append(contentsOf: setBody(of: request))
        codes += [
            gatehouse_curl_set_pointer(handle, CURLOPT_HTTPHEADER, requestFields),
            gatehouse_curl_set_pointer(handle, CURLOPT_WRITEDATA, context),
            gatehouse_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { Transfer.take($0, $1, $2, $3, isBody: true) },
            gatehouse_curl_set_pointer(handle, CURLOPT_HEADERDATA, context),
            gatehouse_curl_set_callback(handle, CURLOPT_HEADERFUNCTION) {
                Transfer.take($0, $1, $2, $3, isBody: false)
            },
        ]
        return codes.first { $0 != CURLE_OK }.map { HTTPTransportError($0) }
    }

    /// Sets the body. A method whose meaning is a body has the length 0 if the body is empty (RFC 9110 section 8.6).
    private func setBody(of request: HTTPTransportRequest) -> [CURLcode] {
        if request.method == .head, request.body.isEmpty { return [gatehouse_curl_set_long(handle, CURLOPT_NOBODY, 1)] }
        guard !request.body.isEmpty || [.post, .put, .patch].contains(request.method) else { return [] }
        return [
            gatehouse_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)),
            request.body.withUnsafeBytes { bytes in
                // libcurl copies the bytes. An empty array has no address, but libcurl needs an address.
                guard let address = bytes.baseAddress else {
                    return gatehouse_curl_set_string(handle, CURLOPT_COPYPOSTFIELDS, "")
                }
                return gatehouse_curl_set_bytes(handle, CURLOPT_COPYPOSTFIELDS, address)
            },
        ]
    }

    /// Adds the fields in libcurl's form: `Name;` means an empty value, and `Name:` removes a field that libcurl would add.
    private func addFields(of request: HTTPTransportRequest) -> Bool {
        let given = Set(request.headerFields.map(\.name.canonicalName))
        let lines =
            ["accept", "content-type", "expect"].filter { !given.contains($0) }.map { "\($0):" }
            + request.headerFields.map { $0.value.isEmpty ? "\($0.name.rawName);" : "\($0.name.rawName): \($0.value)" }
        for line in lines {
            guard let list = curl_slist_append(requestFields, line) else { return false }
            requestFields = list
        }
        return true
    }

    /// Takes bytes from libcurl, and returns the number of bytes taken. The number 0 ends the transfer.
    private static func take(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ size: Int,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        isBody: Bool
    ) -> Int {
        guard let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let (length, overflow) = size.multipliedReportingOverflow(by: count)
        guard !overflow else { return 0 }
        let buffer = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : length)
        let isTaken = isBody ? transfer.answer.takeBody(buffer) : transfer.answer.takeLine(buffer)
        return isTaken ? length : 0
    }
}

extension Duration {
    /// The duration in milliseconds, rounded up. The number is at least 1, since 0 means no limit to libcurl.
    fileprivate var roundedUpMilliseconds: Int {
        let (seconds, attoseconds) = components
        let milliseconds = min(max(seconds, 0), 86_400) * 1_000 + attoseconds / 1_000_000_000_000_000
        return Int(milliseconds) + 1
    }
}
#endif
