package view

// ZoomStep is for the tests of the whole page, which stand outside of the package.
const ZoomStep = zoomStep
