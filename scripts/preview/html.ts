/** The page the mini-program is shown in. Script and styles are files beside it, so that a strict policy can allow them. */
export const pageHtml = (): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>小程序预览</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="preview.css">
</head>
<body>
<div id="phone"></div>
<script src="preview.js" defer></script>
</body>
</html>
`;
