import FuzzProperties

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzProperty.keySet.stopUnlessMet(start, count)
}
