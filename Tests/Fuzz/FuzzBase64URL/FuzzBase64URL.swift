import GatehouseBase
import GatehouseTokens

/// What decodes is exactly what encoding its bytes gives; and every sequence of bytes survives both.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let text = String(decoding: input, as: UTF8.self)
    if let bytes = Base64URL.decode(text) {
        precondition(Base64URL.encode(bytes).utf8.elementsEqual(text.utf8), "a second spelling was accepted")
    }
    precondition(Base64URL.decode(Base64URL.encode(input)) == input, "bytes were lost")
    return 0
}
