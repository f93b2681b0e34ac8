<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The newspaper room: how to ask for an old paper</title>
<script>
  var visitorCounter = "newspaper-room";
</script>
<style>nav a { margin-right: 1em } footer { font-size: small }</style>
</head>
<body>
<nav><a href="/">Home</a> <a href="/hours.aspx">Opening hours</a> <a href="/map.aspx">Find us</a></nav>
<article>
<h1>The newspaper room: how to ask for an old paper</h1>
<p>The newspaper room keeps bound volumes of the Tripoli papers, and photographed copies of those whose paper no longer bears a finger. Readers from outside the city are welcome; those who come for the contracts of the Soviet years, and for the railway above all, are asked to write first.</p>
<p>Fill in one slip for each paper. Write its name as it is printed on the front page, and the month that you are looking for. If you know only the subject, tell the attendant: an index on cards lists ministers, ambassadors and delegations by name, in Arabic letters, with the spelling of each paper beside it.</p>
<h2>Copies</h2>
<p>You may photograph without flash. A stamped copy, for a court or a ministry, takes two working days and is signed by the keeper of the room.</p>
<p>Nobody has ever written on this page when it was put up. Ask the attendant whether it still holds.</p>
</article>
<footer>All rights reserved. <a href="/contact.aspx">Contact</a></footer>
</body>
</html>
